namespace Ascent.Shared;

/// <summary>
/// A unique learner number: ten digits, of which the last is a check digit.
/// Source: the Learning Records Service's rule, as in DFE-Digital/get-information-about-pupils 3a8879f.
/// </summary>
public readonly record struct Uln
{
    public const int Length = 10;

    private Uln(string text) => Text = text;

    public string Text { get; }

    /// <returns>Null when it is no sound number. The placeholder 9999999999 is none.</returns>
    public static Uln? Read(string? typed)
    {
        var text = (typed ?? "").Trim();
        if (text.Length != Length || !text.All(char.IsAsciiDigit))
            return null;
        var sum = 0;
        for (var i = 0; i < Length - 1; i++)
            sum += (Length - i) * (text[i] - '0');
        var remainder = sum % 11;
        return remainder != 0 && Length - remainder == text[^1] - '0' ? new Uln(text) : null;
    }

    public override string ToString() => Text;
}
