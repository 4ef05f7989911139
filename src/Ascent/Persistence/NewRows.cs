using System.Data.Common;
using System.Globalization;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Ascent.Persistence;

/// <summary>
/// Puts very many new rows in at once, without the bookkeeping of a context: several times as quick as saving them. Tables, columns and values
/// are those of the model, so both databases hold the same as if they had been saved.
/// </summary>
public static class NewRows
{
    // One database wants few round trips; the other one looks for each parameter among all of the statement, one after the other.
    private const int MostParameters = 100;

    /// <param name="db">In <see cref="Database.ChangeManyAsync"/>: all of it is there in the end, or nothing.</param>
    /// <param name="rows">Of any sorts; the first of a sort that others point at stands before the first of those.</param>
    public static async Task InsertAsync(this AppDb db, IEnumerable<IOrganisationOwned> rows, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is not { } transaction)
            throw new InvalidOperationException("Many rows are put in together or not at all: open a change of many saves first.");
        foreach (var sort in rows.GroupBy(r => r.GetType()))
        {
            if (typeof(IBeginsInOrganisation).IsAssignableFrom(sort.Key))
                await db.HoldOnAsync([.. sort.Select(r => r.OrganisationId).Distinct()], cancellationToken);
            await using var table = new Table(db, sort.Key);
            if (typeof(IReportSource).IsAssignableFrom(sort.Key))
                foreach (var organisation in sort.Select(r => r.OrganisationId).Distinct())
                    db.NoteReportsDue(organisation);
            foreach (var part in sort.Chunk(table.RowsAtOnce))
            {
                foreach (var row in part)
                    db.GuardScope(row);
                await table.InsertAsync(part, transaction.GetDbTransaction(), cancellationToken);
            }
        }
    }

    private sealed class Table : IAsyncDisposable
    {
        private readonly AppDb db;
        private readonly (string Column, IClrPropertyGetter Getter, RelationalTypeMapping Mapping, bool IsNullable)[] columns;
        private readonly string name;
        private readonly ISqlGenerationHelper sql;
        private DbCommand? whole;

        public Table(AppDb db, Type type)
        {
            this.db = db;
            var entity = db.Model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} has no table.");
            sql = db.GetService<ISqlGenerationHelper>();
            name = sql.DelimitIdentifier(entity.GetTableName()!);
            columns = [.. entity.GetProperties().Select(p => (sql.DelimitIdentifier(p.GetColumnName()), p.GetGetter(), p.GetRelationalTypeMapping(), p.IsNullable))];
        }

        public int RowsAtOnce => Math.Max(1, MostParameters / columns.Length);

        public async Task InsertAsync(IOrganisationOwned[] rows, DbTransaction transaction, CancellationToken cancellationToken)
        {
            if (rows.Length == RowsAtOnce)
                await ExecuteAsync(whole ??= await MakeAsync(rows.Length, transaction, cancellationToken), rows, cancellationToken);
            else
            {
                await using var rest = await MakeAsync(rows.Length, transaction, cancellationToken);
                await ExecuteAsync(rest, rows, cancellationToken);
            }
        }

        public ValueTask DisposeAsync() => whole?.DisposeAsync() ?? ValueTask.CompletedTask;

        private async Task<DbCommand> MakeAsync(int rows, DbTransaction transaction, CancellationToken cancellationToken)
        {
            var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction;
            var places = new List<string>();
            for (var row = 0; row < rows; row++)
            {
                var names = columns.Select((_, column) => string.Create(CultureInfo.InvariantCulture, $"@p{(row * columns.Length) + column}")).ToArray();
                foreach (var (column, parameter) in names.Index())
                    command.Parameters.Add(columns[column].Mapping.CreateParameter(command, parameter, null, columns[column].IsNullable));
                places.Add($"({string.Join(", ", names)})");
            }
            // Names of the model, and places for values: nothing of it has been typed by anybody.
#pragma warning disable CA2100
            command.CommandText = $"INSERT INTO {name} ({string.Join(", ", columns.Select(c => c.Column))}) VALUES {string.Join(", ", places)}";
#pragma warning restore CA2100
            await command.PrepareAsync(cancellationToken);
            return command;
        }

        private async Task ExecuteAsync(DbCommand command, IOrganisationOwned[] rows, CancellationToken cancellationToken)
        {
            for (var row = 0; row < rows.Length; row++)
                for (var column = 0; column < columns.Length; column++)
                {
                    var (_, getter, mapping, _) = columns[column];
                    var value = getter.GetClrValue(rows[row]);
                    command.Parameters[(row * columns.Length) + column].Value = (value is not null && mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
                }
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (DbException exception)
            {
                // As saving would say it, so that what was lost to another is tried again.
                throw new DbUpdateException($"Rows could not be added to {name}.", exception);
            }
        }
    }
}
