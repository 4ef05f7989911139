using System.Text.RegularExpressions;
using Ascent.TestSupport;

namespace Ascent.Tests.Security;

/// <summary>What the compiled product and the scripts of its pages use, and what they have no business to use.</summary>
public sealed partial class WhatIsUsedTests
{
    private static readonly string[] Programs = ["Ascent.dll", "Ascent.Web.dll", "Ascent.Cli.dll"];

    [Fact]
    [Asvs("1.2.5", "The product starts no program.")]
    [Asvs("1.3.2", "Nothing makes code at run time or reads any.")]
    [Asvs("1.4.1", "All code is memory-safe C#; none is marked unsafe.")]
    public void Product_Program_StartsNoOtherAndRunsNoText() =>
        Assert.Empty(Used("System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo", "System.Reflection.Emit.", "Microsoft.CodeAnalysis.", "System.Security.UnverifiableCodeAttribute",
            "System.Runtime.InteropServices.Marshal", "System.Runtime.InteropServices.NativeLibrary"));

    [Fact]
    [Asvs("1.3.6", "There is no client in the product that could be sent to an address: it talks to its database and its mail server.")]
    [Asvs("13.2.4", "There is no client in the product for anything but its database and its mail server.")]
    public void Product_Program_CallsNoServerButMailAndDatabase() =>
        Assert.Empty(Used("System.Net.Http.", "System.Net.WebRequest", "System.Net.HttpWebRequest", "System.Net.WebClient", "System.Net.WebSockets.", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient",
            "System.Net.Sockets.UdpClient", "System.Net.Sockets.NetworkStream", "System.Net.Mail.", "System.DirectoryServices.", "Grpc."));

    [Fact]
    [Asvs("1.5.2", "Stored and sent JSON is read into types that the code names; formatters that make any type are not used.")]
    public void Product_Program_ReadsDataIntoNamedTypesOnly() =>
        Assert.Empty(Used("System.Runtime.Serialization.", "System.Xml.Serialization.", "Newtonsoft.", "System.Xml.XPath.", "System.Xml.Xsl.", "System.Xml.XmlDocument"));

    // What else of System.Security.Cryptography is used is in docs/security.md: SHA-256, HMAC-SHA256, HKDF, AES-GCM and the generator.
    [Fact]
    [Asvs("6.5.3", "Random values come from the operating system’s generator; the other one is not used anywhere.")]
    [Asvs("11.3.1", "The product names one cipher, AES-GCM.")]
    [Asvs("11.3.2", "The product names one cipher, AES-GCM.")]
    [Asvs("11.4.1", "No MD5 and no SHA-1 in the product.")]
    [Asvs("11.5.1", "Random values come from the operating system’s generator; the other one is not used anywhere.")]
    public void Product_Program_UsesApprovedCryptographyOnly()
    {
        Assert.Empty(Used("System.Random"));
        var used = Programs.SelectMany(program => CompiledSuites.Uses(FileOf(program))).Where(t => t.StartsWith("System.Security.Cryptography.", StringComparison.Ordinal)).Select(t => t.Split('.')[^1]).Distinct();
        Assert.Empty(used.Except(["SHA256", "HMACSHA256", "HKDF", "AesGcm", "RandomNumberGenerator", "HashAlgorithmName", "CryptographicOperations", "CryptographicException", "IncrementalHash", "KeySizes", "HashAlgorithm"]));
    }

    [Fact]
    [Asvs("1.3.2", "Scripts of the pages run no text.")]
    [Asvs("3.2.2", "Scripts put text into pages as text; the one that takes markup takes it from the server’s own page.")]
    [Asvs("14.3.3", "Scripts keep nothing in the browser’s storage and read no cookies.")]
    public void Scripts_OfThePages_KeepNothingAndRunNoText()
    {
        var scripts = Directory.GetFiles(Path.Combine(Project.Folder, "src", "Ascent.Web", "Assets", "scripts"), "*.ts");

        Assert.True(scripts.Length >= 5);
        foreach (var script in scripts)
            Assert.Equal(Path.GetFileName(script) == "review.ts" ? ["innerHTML"] : [], Dangerous().Matches(File.ReadAllText(script)).Select(m => m.Value));
    }

    // The same rules over what breaks them: one that finds nothing has to be seen to find something.
    [Fact]
    public void Uses_ProgramThatDoesSo_IsFound()
    {
        var used = CompiledSuites.Uses(Path.Combine(AppContext.BaseDirectory, "Ascent.TestSupport.dll"));

        Assert.Contains("System.Diagnostics.Process", used);
        Assert.Contains("System.Net.Http.HttpClient", used);
        Assert.Equal(["localStorage", "eval(", "document.cookie"], Dangerous().Matches("localStorage.x = eval(document.cookie)").Select(m => m.Value));
    }

    /// <param name="banned">Whole names, or what names begin with when it ends in a dot.</param>
    private static IEnumerable<string> Used(params string[] banned) =>
        Programs.SelectMany(program => CompiledSuites.Uses(FileOf(program)).Where(t => banned.Any(b => b.EndsWith('.') ? t.StartsWith(b, StringComparison.Ordinal) : t == b)).Select(t => $"{program} uses {t}"));

    // The command line lies beside the suite that tests it.
    private static string FileOf(string program) =>
        Path.Combine(program == "Ascent.Cli.dll" ? Path.GetDirectoryName(CompiledSuites.Files().Single(f => f.EndsWith("Ascent.Cli.Tests.dll", StringComparison.Ordinal)))! : AppContext.BaseDirectory, program);

    [GeneratedRegex(@"\b(localStorage|sessionStorage|indexedDB|innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|postMessage)\b|\b(eval|Function)\(|document\.(cookie|write)|set(Timeout|Interval)\(\s*[""'`]")]
    private static partial Regex Dangerous();
}
