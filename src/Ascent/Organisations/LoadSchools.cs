using Ascent.Persistence;

namespace Ascent.Organisations;

public sealed class LoadSchools(Database database)
{
    internal Database Database => database;
}
