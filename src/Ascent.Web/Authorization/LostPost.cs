namespace Ascent.Web.Authorization;

/// <summary>
/// What somebody sent after their session had ended. It is shown to the same browser only, to be sent again after signing in. The form's
/// own token goes with it, and that token belongs to the account: another one cannot send it.
/// </summary>
public sealed record LostPost(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private const int MostFields = 500;

    /// <summary>Where a second factor is enrolled, when that and not the end of the session stands in the way.</summary>
    public string? FactorHref { get; init; }

    public static async Task<LostPost?> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return null;
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            // Neither a password nor what a second factor gives is ever written into a page.
            var fields = form.Where(f => !f.Key.Contains("password", StringComparison.OrdinalIgnoreCase) && !f.Key.Contains("FactorCode", StringComparison.OrdinalIgnoreCase)
                    && !f.Key.Contains("passkey", StringComparison.OrdinalIgnoreCase))
                .SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? "")).Take(MostFields).ToList();
            return new(request.Path + request.QueryString, fields);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
