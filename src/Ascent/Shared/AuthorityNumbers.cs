using System.Collections.Frozen;
using System.Globalization;

namespace Ascent.Shared;

/// <summary>
/// The numbers of local authorities that may stand in a UPN. Closed ones stay, because a number is kept for life; 660 to 681 are Wales, 701
/// to 708 Scotland, the forces' schools and the islands. 999 is the number for tests, and invented pupils carry no other.
/// Source: rule 1530 of the school census in data-to-insight/CIN-validator 75470f6; 942 and 943 by DFEAGILEDEVOPS/MTC (April 2023).
/// </summary>
public static class AuthorityNumbers
{
    public const string ForTests = "999";

    private static readonly (int From, int To)[] Ranges =
    [
        (1, 5), (201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384), (390, 394), (420, 420), (660, 681), (701, 708), (800, 803), (805, 808), (810, 813),
        (815, 816), (820, 823), (825, 826), (830, 831), (835, 841), (845, 846), (850, 852), (855, 857), (860, 861), (865, 896), (908, 909), (916, 916), (919, 919), (921, 921), (925, 926),
        (928, 929), (931, 931), (933, 933), (935, 938), (940, 943), (999, 999),
    ];

    private static readonly FrozenSet<string> All =
        Ranges.SelectMany(r => Enumerable.Range(r.From, r.To - r.From + 1)).Select(n => n.ToString("000", CultureInfo.InvariantCulture)).ToFrozenSet(StringComparer.Ordinal);

    /// <param name="number">Three digits.</param>
    public static bool Includes(string number) => All.Contains(number);
}
