namespace Ascent.Shared;

/// <summary>What sort of "no" a refusal is; the web maps each to one status code.</summary>
public enum RefusalKind
{
    /// <summary>Something typed has to be changed; <see cref="Refusal.Field"/> says where.</summary>
    Field,

    /// <summary>A rule forbids it as things stand (a limit, the last holder, one's own account).</summary>
    Refused,

    /// <summary>Somebody else changed it first.</summary>
    Conflict,

    /// <summary>There is no such thing here.</summary>
    NotFound,

    /// <summary>The person lacks the permission.</summary>
    NotAllowed,

    /// <summary>The person has to show once more that it is them.</summary>
    Confirm,

    /// <summary>Too many tries or too much work at once; it can be tried again later.</summary>
    TryLater,
}

/// <summary>An expected "no" of a use case: a code for programs, a sentence for people.</summary>
public abstract record Refusal(string Code, string Message, RefusalKind Kind, string? Field = null)
{
    /// <summary>With <see cref="RefusalKind.TryLater"/>: after how long trying again may help.</summary>
    public virtual TimeSpan? RetryAfter => null;
}

/// <summary>What a use case gives back: a value, or the reasons why not.</summary>
public sealed class Result<T>
{
    private readonly T? value;

    internal Result(T? value, IReadOnlyList<Refusal> refusals)
    {
        this.value = value;
        Refusals = refusals;
    }

    public IReadOnlyList<Refusal> Refusals { get; }

    public bool Succeeded => Refusals.Count == 0;

    public T Value => Succeeded ? value! : throw new InvalidOperationException($"Refused: {Refusals[0].Code}");

    public static implicit operator Result<T>(T value) => new(value, []);

    public static implicit operator Result<T>(Refusal refusal) => new(default, [refusal]);
}

public static class Result
{
    /// <summary>For values of an interface type, which do not become results by themselves.</summary>
    public static Result<T> Of<T>(T value) => new(value, []);

    public static Result<T> Refuse<T>(IReadOnlyList<Refusal> refusals) =>
        refusals.Count > 0 ? new(default, refusals) : throw new ArgumentException("A refusal needs a reason.", nameof(refusals));
}

/// <summary>For use cases that change something and have nothing to give back.</summary>
public readonly record struct Done;
