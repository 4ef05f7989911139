using Ascent.TestSupport;
using Ascent.Accounts;
using Ascent.Accounts.Many;
using Ascent.Accounts.Templates;
using Ascent.Shared.Permissions;
using CsCheck;

namespace Ascent.Tests.Accounts.Templates;

/// <summary>Whatever somebody held and whatever a template holds: what comes of giving it can be held, and is exactly the template's.</summary>
public sealed class TemplateProperties
{
    private static readonly Gen<PermissionSet> Stored = Gen.Long[0, (1L << 34) - 1].Select(bits => new PermissionSet(bits).Without(Permission.LaSetup).Without(Permission.LaReports).Normalised()).Where(set => set.Validate(true).IsEmpty);

    [Fact]
    public void Given_AnySetToAnybody_IsTheTemplatesSetAndCanBeHeld() => Gen.Select(Stored, Stored, Gen.Bool).Hold(x =>
    {
        var (held, wanted, tracking) = x;

        var after = ChangeTemplate.Given(new(JobRole.Teacher, null, held, null), wanted, tracking).Permissions;

        Assert.Equal(wanted.Effective(tracking), after.Effective(tracking));
        Assert.Equal(held.Inert(tracking), after.Inert(tracking));
        Assert.Equal(after, after.Normalised());
        Assert.Empty(after.GivenIn(tracking).Validate(tracking));
        Assert.Equal(after, ChangeTemplate.Given(new(JobRole.Teacher, null, after, null), wanted, tracking).Permissions);
    });

    [Fact]
    public void TieOf_AnySets_IsWhatTheDatabaseIsAskedFor() => Gen.Select(Stored, Stored, Gen.Bool, Gen.Int[0, 2]).Hold(x =>
    {
        var (held, wanted, tracking, given) = x;
        var template = new AccessTemplate { Id = Guid.CreateVersion7(AscentHost.Start), Name = "T", NameKey = "t", Permissions = wanted };
        var membership = new Membership { JobRole = JobRole.Teacher, Permissions = held };
        membership.GiveTemplate(given switch { 0 => null, 1 => template.Id, _ => Guid.CreateVersion7(AscentHost.Start) });

        var tied = TemplatePeople.AreTiedTo(template, tracking).Compile()(membership);

        Assert.Equal(tied, TemplatePeople.TieOf(membership.TemplateId, held, template, tracking) is not null);
    });

    // Every cell against the rule, by hand: yes and no win, nothing said leaves the template's.
    [Fact]
    public void ReadAccess_TemplateAndAnyCells_IsTheTemplateWithWhatTheRowSays() =>
        Gen.Select(Stored, OneOf.These("", "N", "Y", "own classes").Array[PermissionCatalogue.All.Count]).Hold(x =>
        {
            var (wanted, said) = x;
            var cells = new Dictionary<string, string> { [StaffColumns.JobRole] = "Teacher", [StaffColumns.AccessTemplate] = "class TEACHER" };
            var expected = wanted;
            foreach (var (info, cell) in PermissionCatalogue.All.Zip(said))
            {
                var word = cell == "own classes" && !info.HasScope ? "Y" : cell;
                cells[StaffColumns.Of(info.Permission)] = word;
                expected = word switch
                {
                    "N" => expected.Without(info.Permission),
                    "Y" => info.HasScope ? expected.With(info.Permission, PupilScope.WholeSchool) : expected.With(info.Permission),
                    "own classes" => expected.With(info.Permission, PupilScope.OwnClasses),
                    _ => expected,
                };
            }
            var row = new StaffRow { Number = 1, Cells = cells };

            var read = row.ReadAccess(hasTracking: true, new DateOnly(2026, 11, 26), new([new(Guid.CreateVersion7(AscentHost.Start), "Class teacher", wanted.Bits, 0)]));

            Assert.Equal(expected.Validate(true).Length, read.Refusals.Count);
            if (read.Succeeded)
                Assert.Equal(expected.Normalised(), read.Value.Permissions);
        });
}
