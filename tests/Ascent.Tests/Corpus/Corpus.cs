using System.Globalization;
using System.Text;

namespace Ascent.Tests;

/// <summary>
/// Hostile inputs that are kept: those that once did harm here or elsewhere, one a line in the files beside this one. Written as text with
/// <c>\n \r \t \0 \\ \xHH \uHHHH</c>, and <c>\{300 x}</c> for a text 300 times; a line that begins with # is a remark. What a property test
/// finds is added, so that it is tried in every run from then on.
/// </summary>
internal static class Corpus
{
    public static IEnumerable<string> Texts(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", $"{name}.txt")).Where(line => !line.StartsWith('#')).Select(Unescape);

    /// <summary>Inputs that are bytes: each character of the line is one.</summary>
    public static IEnumerable<byte[]> Files(string name) => Texts(name).Select(Encoding.Latin1.GetBytes);

    internal static string Unescape(string line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                text.Append(line[i]);
                continue;
            }
            i++;
            switch (line[i])
            {
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case '0': text.Append('\0'); break;
                case '\\': text.Append('\\'); break;
                case 'x': text.Append(Hex(line, ref i, 2)); break;
                case 'u': text.Append(Hex(line, ref i, 4)); break;
                case '{':
                    var end = line.IndexOf('}', i);
                    var repeated = line[(i + 1)..end].Split(' ', 2);
                    text.Insert(text.Length, Unescape(repeated[1]), int.Parse(repeated[0], CultureInfo.InvariantCulture));
                    i = end;
                    break;
                default: throw new FormatException($"The corpus has no escape \\{line[i]}.");
            }
        }
        return text.ToString();
    }

    private static char Hex(string line, ref int i, int digits)
    {
        var c = (char)int.Parse(line.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        i += digits;
        return c;
    }
}
