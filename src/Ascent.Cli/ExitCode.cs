namespace Ascent.Cli;

/// <summary>What a command tells the program that called it.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>A rule said no, something was left out, or a check does not hold; the reasons are on standard error.</summary>
    public const int Refused = 1;

    /// <summary>The command was typed wrongly.</summary>
    public const int Usage = 2;

    /// <summary>The settings cannot be read, or the database cannot be used as it is.</summary>
    public const int NoDatabase = 3;

    /// <summary>There is no such school, user, account, entry or file.</summary>
    public const int NotFound = 4;

    /// <summary>Stopped by hand (128 + the signal's number, as shells have it).</summary>
    public const int Stopped = 130;
}
