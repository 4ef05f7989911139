namespace Ascent.Organisations.Gias;

/// <summary>
/// The columns of the register's extract (GIAS, "edubasealldata") that are read, by their names in its first line. Their order does not
/// matter, others are passed over, and the register has dropped columns before: only the first two have to be there.
/// </summary>
public static class GiasColumns
{
    public const string Urn = "URN";
    public const string Name = "EstablishmentName";
    public const string AuthorityCode = "LA (code)";
    public const string AuthorityName = "LA (name)";
    public const string Number = "EstablishmentNumber";
    public const string TypeCode = "TypeOfEstablishment (code)";
    public const string StatusCode = "EstablishmentStatus (code)";
    public const string PhaseCode = "PhaseOfEducation (code)";
    public const string LowAge = "StatutoryLowAge";
    public const string HighAge = "StatutoryHighAge";
    public const string TrustCode = "Trusts (code)";
    public const string TrustName = "Trusts (name)";
    public const string Town = "Town";
    public const string Postcode = "Postcode";

    /// <summary>Without these no school can be told from another.</summary>
    public static IReadOnlyList<string> Indispensable { get; } = [Urn, Name];

    public static IReadOnlyList<string> All { get; } =
        [Urn, Name, AuthorityCode, AuthorityName, Number, TypeCode, StatusCode, PhaseCode, LowAge, HighAge, TrustCode, TrustName, Town, Postcode];
}
