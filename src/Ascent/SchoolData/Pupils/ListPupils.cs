using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.SchoolData.Pupils;

public enum PupilStatus
{
    OnRoll,
    Left,
}

/// <summary>What a data manager should put right.</summary>
public enum PupilAttention
{
    NoUpn,
    TemporaryUpn,

    /// <summary>The year stored is not the one by age.</summary>
    OutOfYear,
}

/// <param name="Search">The beginning of a name, or of a UPN.</param>
/// <param name="Status">Null for all.</param>
/// <param name="After">Goes on after this place; null or unreadable for the first page.</param>
/// <param name="NotKnown">Only those of whom this characteristic is not known.</param>
public sealed record PupilsQuery(
    string? Search = null, PupilStatus? Status = PupilStatus.OnRoll, NcYear? Year = null, PupilAttention? Attention = null, string? After = null, PupilField? NotKnown = null);

public sealed record PupilRow(Guid Id, string Surname, string Forename, string? Upn, string? UpnReason, DateOnly BornOn, Sex Sex, NcYear Year, NcYear? YearByAge, DateOnly EnrolledOn, DateOnly? LeftOn)
{
    public bool HasTemporaryUpn => Upn is [.., >= 'A' and <= 'Z'];

    internal static PupilRow Of(Pupil p, DateOnly today) =>
        new(p.Id, p.CalledSurname, p.CalledForename, p.Upn, p.UpnReason, p.BornOn, p.Sex, p.Year, NcYear.ByAge(p.BornOn, AcademicYear.Of(today)), p.EnrolledOn, p.LeftOn);
}

/// <param name="Next">Ask for the following page with this; null at the end.</param>
/// <param name="Total">How many there are on all pages; not counted further than <see cref="ListPupils.MostCounted"/> + 1.</param>
/// <param name="ByYear">How many each year of the roll has, whatever was asked for; null where counting would cost more than the page.</param>
public sealed record PupilsPage(IReadOnlyList<PupilRow> Rows, string? Next, bool IsFirst, int Total, IReadOnlyDictionary<NcYear, int>? ByYear);

/// <summary>The pupils of one school by name, a page at a time.</summary>
public sealed class ListPupils(Database database, TimeProvider clock)
{
    public const int PageSize = 50;
    public const int MostCounted = 2_000;

    public Task<PupilsPage> ExecuteAsync(Actor actor, PupilsQuery asked, CancellationToken cancellationToken) =>
        database.ReadAsync(OrganisationScope.Of(actor.OrganisationId!.Value), async db =>
        {
            var today = clock.Today();
            var filtered = db.Pupils().Search(asked.Search).Filter(asked, today);
            var place = TextPageKey.Read(asked.After);
            var after = place is not { } p ? filtered
                : filtered.Where(m => m.SurnameKey.CompareTo(p.Text) > 0 || (m.SurnameKey == p.Text && m.Id.CompareTo(p.Id) > 0));
            var found = await after.OrderBy(m => m.SurnameKey).ThenBy(m => m.Id).Take(PageSize + 1)
                .Select(m => new { m.Id, m.SurnameKey, m.Surname, m.Forename, m.PreferredSurname, m.PreferredForename, m.Upn, m.UpnReason, m.BornOn, m.Sex, m.NcYearNumber, m.EnrolledOn, m.LeftOn })
                .ToListAsync(cancellationToken);
            var year = AcademicYear.Of(today);
            PupilRow[] rows =
            [
                .. found.Take(PageSize).Select(m => new PupilRow(m.Id, m.PreferredSurname ?? m.Surname, m.PreferredForename ?? m.Forename, m.Upn, m.UpnReason, m.BornOn, m.Sex,
                    new NcYear(m.NcYearNumber), NcYear.ByAge(m.BornOn, year), m.EnrolledOn, m.LeftOn)),
            ];
            var next = found.Count > PageSize ? new TextPageKey(found[PageSize - 1].SurnameKey, found[PageSize - 1].Id).ToString() : null;
            var total = place is null && next is null ? rows.Length : await filtered.Take(MostCounted + 1).CountAsync(cancellationToken);
            return new PupilsPage(rows, next, place is null, total, await CountYearsAsync(db, today, cancellationToken));
        });

    private static async Task<IReadOnlyDictionary<NcYear, int>?> CountYearsAsync(AppDb db, DateOnly today, CancellationToken cancellationToken)
    {
        var roll = db.Pupils().Filter(new PupilsQuery(), today);
        if (await roll.Take(MostCounted + 1).CountAsync(cancellationToken) > MostCounted)
            return null;
        return await roll.GroupBy(p => p.NcYearNumber).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => new NcYear(g.Key), g => g.Count, cancellationToken);
    }
}

internal static class PupilFilters
{
    /// <summary>Those whose forename, surname or UPN begins with what was typed; everybody when nothing was.</summary>
    public static IQueryable<Pupil> Search(this IQueryable<Pupil> pupils, string? typed)
    {
        // One of the two databases refuses a NUL; nobody is called so.
        var from = Shared.Text.PlainText.SearchKey(typed ?? "", Pupil.LongestKey).Replace('\0', '\ufffd');
        if (from.Length == 0)
            return pupils;
        var to = from + "\U0010ffff";
        var (upnFrom, upnTo) = (from.ToUpperInvariant(), from.ToUpperInvariant() + "\U0010ffff");
        return pupils.Where(p =>
            (p.SurnameKey.CompareTo(from) >= 0 && p.SurnameKey.CompareTo(to) < 0)
            || (p.NameKey.CompareTo(from) >= 0 && p.NameKey.CompareTo(to) < 0)
            || (p.Upn!.CompareTo(upnFrom) >= 0 && p.Upn.CompareTo(upnTo) < 0));
    }

    public static IQueryable<Pupil> Filter(this IQueryable<Pupil> pupils, PupilsQuery asked, DateOnly today)
    {
        if (asked.Status is { } status)
            pupils = status == PupilStatus.OnRoll ? pupils.Where(p => p.LeftOn == null || p.LeftOn >= today) : pupils.Where(p => p.LeftOn < today);
        if (asked.Year is { } year)
        {
            var number = year.Number;
            pupils = pupils.Where(p => p.NcYearNumber == number);
        }
        pupils = pupils.NotKnown(asked.NotKnown);
        return asked.Attention switch
        {
            PupilAttention.NoUpn => pupils.Where(p => p.Upn == null),
            PupilAttention.TemporaryUpn => pupils.Where(p => p.Upn!.Substring(Shared.Upn.Length - 1).CompareTo("A") >= 0),
            PupilAttention.OutOfYear => pupils.OutOfYear(AcademicYear.Of(today)),
            _ => pupils,
        };
    }

    // Who has no special needs has no primary one.
    private static IQueryable<Pupil> NotKnown(this IQueryable<Pupil> pupils, PupilField? field) => field switch
    {
        PupilField.FreeMeals => pupils.Where(p => p.FreeMeals == null),
        PupilField.FreeMealsSix => pupils.Where(p => p.FreeMealsSix == null),
        PupilField.Disadvantaged => pupils.Where(p => p.Disadvantaged == null),
        PupilField.SenProvision => pupils.Where(p => p.SenProvision == null),
        PupilField.SenNeed => pupils.Where(p => p.SenNeed == null && p.SenProvision != null && p.SenProvision != "N"),
        PupilField.Eal => pupils.Where(p => p.Eal == null),
        PupilField.LookedAfter => pupils.Where(p => p.LookedAfter == null),
        PupilField.Ethnicity => pupils.Where(p => p.Ethnicity == null),
        PupilField.ServiceChild => pupils.Where(p => p.ServiceChild == null),
        _ => pupils,
    };

    // A year by age is a range of birthdays, so that the database can compare.
    private static IQueryable<Pupil> OutOfYear(this IQueryable<Pupil> pupils, AcademicYear now)
    {
        // Born in the school year that starts so many years earlier, a pupil of year n is in year by age.
        var start = now.StartYear - 5;
        return pupils.Where(p => start - (p.BornOn.Month >= 9 ? p.BornOn.Year : p.BornOn.Year - 1) != p.NcYearNumber);
    }
}
