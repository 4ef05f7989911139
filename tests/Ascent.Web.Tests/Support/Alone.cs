namespace Ascent.Web.Tests.Support;

/// <summary>For tests that measure or starve a whole machine: no other test of this suite runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
