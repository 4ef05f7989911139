namespace Ascent.TestSupport;

/// <summary>
/// The test, or each test of the class, fails when the product does not meet this requirement of the OWASP ASVS 5.0. docs/asvs.md is made
/// from these attributes.
/// </summary>
/// <param name="requirement">Its number, such as "6.2.1".</param>
/// <param name="does">What the product does, in a sentence for people who decide about it.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AsvsAttribute(string requirement, string does) : Attribute
{
    public string Requirement => requirement;

    public string Does => does;
}
