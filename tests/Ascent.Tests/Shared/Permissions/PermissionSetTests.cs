using Ascent.Shared.Permissions;
using Ascent.TestSupport;
using CsCheck;

namespace Ascent.Tests.Shared.Permissions;

public sealed class PermissionSetTests
{
    private const int Cases = 2000;

    // Any 64 bits, as a tampered or future row may hold them, and sets as the product makes them.
    private static readonly Gen<PermissionSet> Any = Gen.Long.Select(bits => new PermissionSet(bits));
    private static readonly Gen<PermissionSet> Stored = Any.Select(set => set.Normalised());

    // Section 1 of the accounts pages: what needs what.
    private static readonly (Permission Child, Permission Parent)[] Needs =
    [
        (Permission.PupilReports, Permission.SchoolReports),
        (Permission.AllCollaborateGroups, Permission.SchoolReports),
    ];

    private static readonly Permission[] PrimaryOnly =
        [Permission.TrackingSchoolReports, Permission.TrackingPupilReports, Permission.TrackingAssessments, Permission.TrackingMarks];

    private static readonly Permission[] BodyOnly = [Permission.LaSetup, Permission.LaReports];

    private static readonly Gen<Place> Places = OneOf.These(Place.School(true), Place.School(false), Place.LocalAuthority, Place.Trust);

    [Fact]
    public void Effective_Twice_IsAsOnce() =>
        Gen.Select(Any, Places).Sample((set, place) => set.Effective(place).Effective(place) == set.Effective(place), iter: Cases);

    [Fact]
    public void Effective_AnySetInAnyPlace_IsWhatExistsThereAndCanBeValidated() =>
        Gen.Select(Any, Places).Sample((set, place) =>
        {
            var effective = set.Effective(place);
            return effective.Held().All(PermissionCatalogue.In(place).Select(info => info.Permission).Contains)
                && !effective.Validate(place).Any(fault => fault is NotInThisSchool) && (effective.Bits & ~PermissionSet.Everything(place).Bits & PermissionSet.Everything(true).Bits) == 0;
        }, iter: Cases);

    [Fact]
    public void Validate_OfABody_TakesNothingOfASchoolsAdministrationOrTracking() =>
        Any.Sample(set => set.Validate(Place.LocalAuthority).OfType<NotInThisSchool>().Select(fault => fault.Permission).ToHashSet().SetEquals(
            Enum.GetValues<Permission>().Where(set.Has).Where(p => p is Permission.SchoolSetup or Permission.ManageData || PrimaryOnly.Contains(p)
                || (p is Permission.PupilReports && set.ScopeOf(p) == PupilScope.OwnClasses))), iter: Cases);

    [Fact]
    public void Schools_ChosenScope_StaysUntilTheReportsGo()
    {
        var set = PermissionSet.Of(Permission.PupilReports).With(SchoolScope.SelectedSchools);

        Assert.Equal((SchoolScope.SelectedSchools, true), (set.Schools, set.Has(Permission.SchoolReports)));
        Assert.Equal(SchoolScope.AllSchools, set.With(SchoolScope.AllSchools).Schools);
        Assert.Equal(SchoolScope.AllSchools, set.Without(Permission.SchoolReports).With(Permission.SchoolReports).Schools);
        Assert.Equal([Permission.SchoolReports], set.DifferenceTo(set.With(SchoolScope.AllSchools)).Widened);
        // A bit in every stored row.
        Assert.Equal((1L << 34) | (1L << 2), PermissionSet.None.With(SchoolScope.SelectedSchools).Bits);
    }

    [Fact]
    public void Effective_OfALargerSet_HoldsAllThatTheSmallerHas() =>
        Gen.Select(Any, Any, Gen.Bool).Sample((set, more, tracking) =>
        {
            var larger = more.Held().Aggregate(set, (grown, permission) => grown.With(permission));
            return set.Effective(tracking).Held().All(larger.Effective(tracking).Has);
        }, iter: Cases);

    [Fact]
    public void Effective_WithSchoolSetup_BringsManageData() =>
        Any.Sample(set => set.With(Permission.SchoolSetup).Effective(false).Has(Permission.ManageData), iter: Cases);

    [Fact]
    public void Effective_WithAdministrationOnly_OpensNoReport()
    {
        var held = PermissionSet.Of(Permission.SchoolSetup, Permission.ManageData).Effective(true).Held();

        Assert.Equal([Permission.SchoolSetup, Permission.ManageData], held);
    }

    [Fact]
    public void Effective_WithoutTracking_LeavesItsPermissionsInert() =>
        Any.Sample(set => !set.Effective(false).Held().Any(PrimaryOnly.Contains), iter: Cases);

    [Fact]
    public void Normalised_Twice_IsAsOnce() => Any.Sample(set => set.Normalised().Normalised() == set.Normalised(), iter: Cases);

    [Fact]
    public void Normalised_Always_HoldsNothingUnknownAndNoOwnManageDataBesideSchoolSetup() =>
        Any.Sample(set =>
        {
            var stored = set.Normalised();
            var known = stored.Held().Aggregate(PermissionSet.None, (made, p) =>
                p is Permission.PupilReports or Permission.TrackingPupilReports ? made.With(p, stored.ScopeOf(p)) : p is Permission.SchoolReports ? made.With(stored.Schools) : made.With(p));
            return stored == known && !(stored.Has(Permission.SchoolSetup) && stored.Has(Permission.ManageData));
        }, iter: Cases);

    [Fact]
    public void Normalised_Always_AllowsWhatTheSetAllowed() =>
        Gen.Select(Any, Gen.Bool).Sample((set, tracking) => set.Normalised().Effective(tracking).Held().SequenceEqual(set.Effective(tracking).Held()), iter: Cases);

    [Fact]
    [Asvs("2.2.3", "A set of permissions holds only what goes together in this school.")]
    public void Validate_AnySet_FindsExactlyWhatTheTableSays() =>
        Gen.Select(Any, Gen.Bool).Sample((set, tracking) =>
        {
            var expected = new List<PermissionFault>();
            foreach (var permission in Enum.GetValues<Permission>().Where(set.Has))
            {
                // What is a body's is none of a school's, nor is a choice of schools.
                if ((!tracking && PrimaryOnly.Contains(permission)) || BodyOnly.Contains(permission) || (permission == Permission.SchoolReports && set.Schools == SchoolScope.SelectedSchools))
                    expected.Add(new NotInThisSchool(permission));
                foreach (var (child, parent) in Needs)
                    if (permission == child && !set.Has(parent))
                        expected.Add(new NeedsParent(child, parent));
            }
            return expected.SequenceEqual(set.Validate(tracking));
        }, iter: Cases);

    [Fact]
    public void SeatsNeeded_AnySet_IsOneForEachLimitAndNoneForManageDataBesideSchoolSetup() =>
        Any.Sample(set =>
        {
            Permission[] expected = set.Has(Permission.SchoolSetup) ? [Permission.SchoolSetup] : set.Has(Permission.ManageData) ? [Permission.ManageData] : [];
            return expected.SequenceEqual(set.SeatsNeeded());
        }, iter: Cases);

    [Fact]
    public void DifferenceTo_AppliedToTheBefore_GivesTheAfter() =>
        Gen.Select(Stored, Stored).Sample((before, after) =>
        {
            var difference = before.DifferenceTo(after);
            var made = before;
            foreach (var taken in difference.Taken)
                made = made.Without(taken);
            foreach (var given in difference.Given)
                made = PermissionCatalogue.Of(given).HasScope ? made.With(given, after.ScopeOf(given)) : given == Permission.SchoolReports ? made.With(after.Schools) : made.With(given);
            foreach (var widened in difference.Widened)
                made = widened == Permission.SchoolReports ? made.With(SchoolScope.AllSchools) : made.With(widened, PupilScope.WholeSchool);
            foreach (var narrowed in difference.Narrowed)
                made = narrowed == Permission.SchoolReports ? made.With(SchoolScope.SelectedSchools) : made.With(narrowed, PupilScope.OwnClasses);
            return made == after;
        }, iter: Cases);

    [Fact]
    public void DifferenceTo_TheOtherWayRound_IsTheMirror() =>
        Gen.Select(Stored, Stored).Sample((a, b) =>
        {
            var (there, back) = (a.DifferenceTo(b), b.DifferenceTo(a));
            return there.Given.SequenceEqual(back.Taken) && there.Taken.SequenceEqual(back.Given)
                && there.Widened.SequenceEqual(back.Narrowed) && there.IsEmpty == (a == b);
        }, iter: Cases);

    [Fact]
    public void ScopeOf_ChosenScope_StaysUntilThePermissionGoes()
    {
        var set = PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses);

        Assert.Equal(PupilScope.OwnClasses, set.ScopeOf(Permission.PupilReports));
        Assert.Equal(PupilScope.WholeSchool, set.With(Permission.PupilReports, PupilScope.WholeSchool).ScopeOf(Permission.PupilReports));
        Assert.Equal(PupilScope.WholeSchool, set.Without(Permission.PupilReports).With(Permission.PupilReports).ScopeOf(Permission.PupilReports));
    }

    [Fact]
    public void ScopeOf_PermissionWithoutScope_IsABug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PermissionSet.None.ScopeOf(Permission.SchoolReports));

    [Fact]
    public void Has_Asked_AllocatesNothing()
    {
        var set = PermissionSet.Of(Permission.SchoolSetup, Permission.TrackingMarks);
        var found = 0;
        Ask(); // the first call may compile

        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(4000, found);

        void Ask()
        {
            for (var i = 0; i < 1000; i++)
                for (var permission = Permission.SchoolSetup; permission <= Permission.TrackingMarks; permission++)
                    if (set.Has(permission))
                        found++;
        }
    }
}
