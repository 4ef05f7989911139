using System.Text;
using Ascent.Measures;
using Ascent.Shared;

namespace Ascent.Reports.Cohorts;

/// <summary>
/// A cohort as the bytes that are stored. The first byte is the version of this form: bytes of another version are not read but built anew, so
/// the form may change freely.
/// </summary>
public static class CohortBytes
{
    public const byte Form = 1;

    // Standing of an outcome, before its value.
    private const byte Outside = 0;
    private const byte Missing = 1;
    private const byte Counts = 2;

    public static byte[] Write(Cohort cohort)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(Form);
        to.Write((byte)cohort.Stage);
        to.Write(cohort.Year.StartYear);
        to.Write(cohort.Count);
        foreach (var id in cohort.PupilIds)
            to.Write(id.ToByteArray());
        foreach (var group in cohort.Groups)
            to.Write(group);
        foreach (var prior in cohort.Prior)
            to.Write(prior.IsKnown ? prior.Value : double.NaN);
        to.Write(cohort.Columns.Count);
        foreach (var (code, column) in cohort.Columns)
        {
            to.Write(code);
            foreach (var outcome in column)
                to.Write(outcome.Counts ? Counts : outcome.IsInCohort ? Missing : Outside);
            foreach (var outcome in column)
                to.Write(outcome.Value);
        }
        to.Write(cohort.Subjects.Count);
        foreach (var subject in cohort.Subjects)
        {
            to.Write(subject.Code);
            to.Write((byte)subject.Scale);
            to.Write(subject.Pupils.Length);
            foreach (var pupil in subject.Pupils)
                to.Write(pupil);
            to.Write(subject.Grades);
        }
        to.Flush();
        return bytes.ToArray();
    }

    /// <returns>Null for bytes of another version.</returns>
    public static Cohort? Read(byte[] bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (from.ReadByte() != Form)
            return null;
        var (stage, year, count) = ((CohortStage)from.ReadByte(), AcademicYear.StartingIn(from.ReadInt32()), from.ReadInt32());
        return new()
        {
            Stage = stage,
            Year = year,
            PupilIds = Many(count, () => new Guid(from.ReadBytes(16))),
            Groups = Many(PupilGroups.All.Count, () => from.ReadBytes(count)),
            Prior = Many(count, () => from.ReadDouble() is var value && double.IsNaN(value) ? PriorAttainment.None : PriorAttainment.Of(value)),
            Columns = Many(from.ReadInt32(), () => (Code: from.ReadString(), Column: ReadColumn(from, count))).ToDictionary(c => c.Code, c => c.Column, StringComparer.Ordinal),
            Subjects = Many(from.ReadInt32(), () => ReadSubject(from)),
        };
    }

    private static Outcome[] ReadColumn(BinaryReader from, int count)
    {
        var standings = from.ReadBytes(count);
        return Many(count, standings, (standing) => (standing, from.ReadDouble()) switch
        {
            (Counts, var value) => Outcome.Of(value),
            (Missing, _) => Outcome.Missing,
            _ => Outcome.Outside,
        });
    }

    private static SubjectEntries ReadSubject(BinaryReader from)
    {
        var (code, scale, count) = (from.ReadString(), (CohortScale)from.ReadByte(), from.ReadInt32());
        return new(code, scale, Many(count, from.ReadInt32), from.ReadBytes(count));
    }

    private static T[] Many<T>(int count, Func<T> read)
    {
        var all = new T[count];
        for (var i = 0; i < count; i++)
            all[i] = read();
        return all;
    }

    private static T[] Many<T>(int count, byte[] each, Func<byte, T> read)
    {
        var all = new T[count];
        for (var i = 0; i < count; i++)
            all[i] = read(each[i]);
        return all;
    }
}
