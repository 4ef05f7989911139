using Ascent.Accounts;
using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.SchoolData.Classes;
using Ascent.SchoolData.Pupils;
using Ascent.SchoolData.Subjects;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Demo.Pupils;

/// <summary>
/// Puts the invented pupils into the schools of the demonstration, all of them in one transaction, and then gives Larkfield two files as a person
/// would. A school in which there is something already is left as it is. Whatever cuts it off, the next start goes on.
/// </summary>
public sealed class SeedPupils(Database database, SeedImports seedImports, TimeProvider clock)
{
    private static readonly (string Urn, string Teacher, string Class)[] Teachers = [("900001", "teacher@larkfield.demo.example", "4 Oak"), ("900003", "teacher@beacon.demo.example", "7A")];

    // The value of the fact: the pupils are there, and the two files too.
    private const string HasPupils = "pupils";
    private const string IsDone = "done";

    /// <returns>How many pupils were added; 0 when they are there, or this is no demonstration.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var facts = await database.ReadAsync(OrganisationScope.Server, db => db.Set<ServerFact>()
            .Where(f => f.Name == ServerFact.Demonstration || f.Name == ServerFact.DemonstrationPupils).ToDictionaryAsync(f => f.Name, f => f.Value, cancellationToken));
        if (!facts.ContainsKey(ServerFact.Demonstration) || facts.GetValueOrDefault(ServerFact.DemonstrationPupils) == IsDone)
            return 0;
        var rolls = DemoRolls.Build();
        var added = await database.ChangeManyAsync(OrganisationScope.Server, db => AddAsync(db, rolls, cancellationToken), cancellationToken);
        if (await ReadFactAsync(cancellationToken) == HasPupils)
            await seedImports.ExecuteAsync(rolls.Larkfield, cancellationToken);
        return await database.ChangeAsync(OrganisationScope.Server, async db =>
        {
            (await db.Set<ServerFact>().SingleAsync(f => f.Name == ServerFact.DemonstrationPupils, cancellationToken)).Value = IsDone;
            await db.SaveChangesAsync(cancellationToken);
            return added;
        }, cancellationToken);
    }

    private Task<string?> ReadFactAsync(CancellationToken cancellationToken) => database.ReadAsync(OrganisationScope.Server, db =>
        db.Set<ServerFact>().Where(f => f.Name == ServerFact.DemonstrationPupils).Select(f => f.Value).FirstOrDefaultAsync(cancellationToken));

    private async Task<int> AddAsync(AppDb db, DemoRolls rolls, CancellationToken cancellationToken)
    {
        if (await db.Set<ServerFact>().AnyAsync(f => f.Name == ServerFact.DemonstrationPupils, cancellationToken))
            return 0;
        var ids = await db.Set<School>().ToDictionaryAsync(s => s.Code, s => s.Id, cancellationToken);
        var filled = new List<DemoSchool>();
        foreach (var school in rolls.Schools)
        {
            if (!ids.TryGetValue(school.Urn, out var id) || await IsInUseAsync(db, id, cancellationToken))
                continue;
            await db.InsertAsync(new DemoRows(school, id, clock).All(), cancellationToken);
            filled.Add(school);
        }
        foreach (var (urn, teacher, its) in Teachers.Where(t => filled.Exists(s => s.Urn == t.Urn)))
            await AddTeacherAsync(db, ids[urn], teacher, its, cancellationToken);
        db.Add(new ServerFact { Name = ServerFact.DemonstrationPupils, Value = filled.Contains(rolls.Larkfield) ? HasPupils : IsDone });
        await db.SaveChangesAsync(cancellationToken);
        return filled.Sum(s => s.Places.Count);
    }

    // Somebody has begun to work in a demonstration that was made before there were pupils in it.
    private static async Task<bool> IsInUseAsync(AppDb db, Guid organisationId, CancellationToken cancellationToken) =>
        await db.Set<Pupil>().AnyAsync(p => p.OrganisationId == organisationId, cancellationToken)
        || await db.Set<SchoolClass>().AnyAsync(c => c.OrganisationId == organisationId, cancellationToken)
        || await db.Set<OfferedSubject>().AnyAsync(s => s.OrganisationId == organisationId, cancellationToken);

    // Somebody sees the pupils of the own classes alone, so there has to be one; and one whose pupils have a start and an outcome.
    private static async Task AddTeacherAsync(AppDb db, Guid organisationId, string email, string name, CancellationToken cancellationToken)
    {
        var (its, teacher) = (await db.Set<SchoolClass>().FirstOrDefaultAsync(c => c.OrganisationId == organisationId && c.Name == name, cancellationToken), await db.Set<Account>().FirstOrDefaultAsync(a => a.Email == email, cancellationToken));
        if (its is not null && teacher is not null)
            db.Add(new ClassTeacher { OrganisationId = its.OrganisationId, ClassId = its.Id, AccountId = teacher.Id });
    }
}
