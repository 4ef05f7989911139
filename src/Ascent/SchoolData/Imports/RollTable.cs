using Ascent.SchoolData.Pupils;
using Ascent.Shared;

namespace Ascent.SchoolData.Imports;

/// <summary>Reads a table of pupils row by row. A row that cannot be understood carries its fault; reading goes on.</summary>
internal sealed class RollTable(HeadedTable table, IReadOnlyList<RollColumn?> columns) : IRollReader
{
    public const int FewestColumns = 3;
    public const string Columns = "surname, forename, date of birth, sex and what else there is";

    public Refusal? Broken => table.Broken;

    public PupilInFile? Next()
    {
        if (table.Next() is not { } row)
            return null;
        var (cells, fault) = HeadedTable.Read(row, columns);
        var fields = new Dictionary<PupilField, string>();
        string? className = null, former = null;
        foreach (var (_, column, cell) in cells)
            if (column.Name == RollColumns.Class)
                className = cell;
            else if (column.Name == RollColumns.FormerUpn)
                former = cell;
            else
                fields[column.Field!.Value] = column.Field is PupilField.BornOn or PupilField.EnrolledOn ? table.Day(cell) : cell;
        return new(row.Line, fields) { Class = className, FormerUpns = former is null ? [] : former.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries), Fault = fault };
    }

    public void Dispose() => table.Dispose();
}
