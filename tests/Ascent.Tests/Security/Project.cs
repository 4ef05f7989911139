using System.Runtime.CompilerServices;

namespace Ascent.Tests.Security;

/// <summary>Where the files of the project lie.</summary>
internal static class Project
{
    public static string Folder { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
