using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Ascent.Web.Tests.Components;

/// <summary>Markup in a form that two writers of the same document agree on: one node a line, attributes in order, no spare white space.</summary>
public static class Dom
{
    private static readonly char[] White = [' ', '\n', '\r', '\t'];

    public static string Normalise(string html)
    {
        var document = new HtmlParser().ParseDocument($"<body>{html}</body>");
        var lines = new StringBuilder();
        foreach (var node in document.Body!.ChildNodes) Write(node, 0, lines);
        return lines.ToString();
    }

    public static IElement Parse(string html) => new HtmlParser().ParseDocument($"<body>{html}</body>").Body!;

    private static void Write(INode node, int depth, StringBuilder lines)
    {
        if (node is IText text)
        {
            var words = Collapse(text.Data);
            if (words.Length > 0) lines.Append(' ', depth).Append('"').Append(words).AppendLine("\"");
        }
        else if (node is IElement element)
        {
            lines.Append(' ', depth).Append(element.LocalName);
            foreach (var attribute in element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal))
            {
                var value = attribute.Name == "class" ? string.Join(' ', element.ClassList.Order(StringComparer.Ordinal)) : attribute.Value;
                lines.Append(' ').Append(attribute.Name).Append("=[").Append(value).Append(']');
            }
            lines.AppendLine();
            foreach (var child in element.ChildNodes) Write(child, depth + 1, lines);
        }
    }

    private static string Collapse(string text) => string.Join(' ', text.Split(White, StringSplitOptions.RemoveEmptyEntries));
}
