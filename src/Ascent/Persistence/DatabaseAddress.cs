using System.Globalization;
using Npgsql;

namespace Ascent.Persistence;

/// <summary>Which database to use: an SQLite file in the data folder, or PostgreSQL by <c>postgres://user:password@host:port/name</c>.</summary>
public abstract record DatabaseAddress
{
    public sealed record Sqlite(string Path) : DatabaseAddress;

    public sealed record Postgres(string ConnectionString) : DatabaseAddress
    {
        /// <summary>
        /// The same database with two connections of its own. The key ring is read while other work holds a connection; out of the same pool,
        /// a hundred such pieces of work would wait for each other.
        /// </summary>
        internal string ApartFor(string name) => new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = name, MaxPoolSize = 2 }.ConnectionString;
    }

    /// <param name="setting">The value of ASCENT_DATABASE; empty means SQLite in <paramref name="dataFolder"/>.</param>
    /// <param name="name">What the setting is called, for the message.</param>
    /// <exception cref="FormatException">The setting is neither empty nor a postgres address. The text names no password.</exception>
    public static DatabaseAddress Parse(string? setting, string dataFolder, string name = "ASCENT_DATABASE")
    {
        if (string.IsNullOrWhiteSpace(setting))
            return new Sqlite(Path.Combine(dataFolder, "ascent.db"));
        if (!Uri.TryCreate(setting, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.AbsolutePath.Length < 2)
            throw new FormatException($"{name} has to look like postgres://user:password@host:5432/name.");
        var who = uri.UserInfo.Split(':', 2);
        var query = System.Web.HttpUtility.ParseQueryString(uri.Query);
        var text = new NpgsqlConnectionStringBuilder
        {
            // A folder in ?host= means a local socket, as in libpq.
            Host = query["host"] ?? uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Username = Uri.UnescapeDataString(who[0]),
            Password = who.Length > 1 ? Uri.UnescapeDataString(who[1]) : null,
            ApplicationName = "ascent",
        };
        if (query["sslmode"] is { } mode)
            text.SslMode = Enum.TryParse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var known) && Enum.IsDefined(known)
                ? known
                : throw new FormatException($"sslmode in {name} has to be disable, allow, prefer, require, verify-ca or verify-full.");
        if (query["pool"] is { } pool)
            text.MaxPoolSize = int.TryParse(pool, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= 1024
                ? size
                : throw new FormatException($"pool in {name} has to be a number from 1 to 1024.");
        return new Postgres(text.ConnectionString);
    }
}
