using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Ascent.Tests.Security;

/// <summary>A test that says which requirement it proves, and how the product meets it.</summary>
/// <param name="Test">Folder, class and method, or without the method when the whole class proves it.</param>
internal sealed record Proof(string Requirement, string Does, string Test);

/// <summary>
/// Reads compiled assemblies without running them. The suites are programs of their own and refer to each other in no way, so that attributes
/// of all of them are found only like this.
/// </summary>
internal static class CompiledSuites
{
    private static readonly string[] Facts = ["FactAttribute", "TheoryAttribute"];

    /// <summary>The program of each suite, built as this one was.</summary>
    public static IReadOnlyList<string> Files()
    {
        var own = Path.GetFileNameWithoutExtension(typeof(CompiledSuites).Assembly.Location);
        var suites = Directory.GetDirectories(Path.Combine(Project.Folder, "tests"), "*.Tests").Select(Path.GetFileName).Order(StringComparer.Ordinal);
        return [.. suites.Select(suite => Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}{own}{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}{suite}{Path.DirectorySeparatorChar}", StringComparison.Ordinal), $"{suite}.dll"))];
    }

    public static IReadOnlyList<Proof> Proofs() => [.. Files().SelectMany(file => Read(file, Proofs))];

    /// <summary>Every test, as folder, class and method, and every class that has one.</summary>
    public static IReadOnlySet<string> Tests() => Files().SelectMany(file => Read(file, Tests)).ToHashSet();

    /// <summary>Types of other assemblies that an assembly uses in any way.</summary>
    public static IReadOnlySet<string> Uses(string file)
    {
        using var program = Open(file);
        var metadata = program.GetMetadataReader();
        return metadata.TypeReferences.Select(metadata.GetTypeReference).Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}").ToHashSet();
    }

    private static List<T> Read<T>(string file, Func<MetadataReader, TypeDefinition, IEnumerable<T>> read)
    {
        using var program = Open(file);
        var metadata = program.GetMetadataReader();
        return [.. metadata.TypeDefinitions.SelectMany(type => read(metadata, metadata.GetTypeDefinition(type)))];
    }

    private static PEReader Open(string file) => File.Exists(file) ? new(File.OpenRead(file)) : throw new InvalidOperationException($"{file} is not there: build the solution, all suites are read.");

    private static IEnumerable<Proof> Proofs(MetadataReader metadata, TypeDefinition type)
    {
        var name = NameOf(metadata, type);
        var isTested = Tests(metadata, type).Any();
        foreach (var (requirement, does) in Claims(metadata, type.GetCustomAttributes()))
            yield return new(requirement, does, isTested ? name : throw new InvalidOperationException($"{name} claims {requirement} and has no test."));
        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
            foreach (var (requirement, does) in Claims(metadata, method.GetCustomAttributes()))
                yield return new(requirement, does, IsTest(metadata, method)
                    ? $"{name}.{metadata.GetString(method.Name)}"
                    : throw new InvalidOperationException($"{name}.{metadata.GetString(method.Name)} claims {requirement} and is no test."));
    }

    private static IEnumerable<string> Tests(MetadataReader metadata, TypeDefinition type)
    {
        var name = NameOf(metadata, type);
        var methods = type.GetMethods().Select(metadata.GetMethodDefinition).Where(m => IsTest(metadata, m)).Select(m => $"{name}.{metadata.GetString(m.Name)}").ToArray();
        return methods.Length == 0 ? [] : methods.Append(name);
    }

    private static bool IsTest(MetadataReader metadata, MethodDefinition method) => method.GetCustomAttributes().Any(a => Facts.Contains(NameOf(metadata, metadata.GetCustomAttribute(a))));

    private static IEnumerable<(string Requirement, string Does)> Claims(MetadataReader metadata, CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(metadata.GetCustomAttribute).Where(a => NameOf(metadata, a) == nameof(TestSupport.AsvsAttribute)))
        {
            // Two texts, behind the two bytes with which every attribute's values begin (ECMA-335 II.23.3).
            var values = metadata.GetBlobReader(attribute.Value);
            values.ReadUInt16();
            yield return (values.ReadSerializedString()!, values.ReadSerializedString()!);
        }
    }

    // Several classes are called IndexTests: the folder they lie in tells which.
    private static string NameOf(MetadataReader metadata, TypeDefinition type) => $"{metadata.GetString(type.Namespace).Split('.')[^1]}/{metadata.GetString(type.Name)}";

    private static string? NameOf(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor) is { Parent.Kind: HandleKind.TypeReference } constructor
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)constructor.Parent).Name)
            : null;
}
