using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Ascent.Persistence;

/// <summary>Instants are UTC in and out: SQLite forgets the kind, PostgreSQL insists on it.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    value => value.Kind == DateTimeKind.Utc ? value : DateTime.SpecifyKind(value, DateTimeKind.Utc),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
