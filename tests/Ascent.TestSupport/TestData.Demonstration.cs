using Ascent.Demo;
using Ascent.Demo.Pupils;

namespace Ascent.TestSupport;

public sealed partial class TestData
{
    /// <summary>The invented schools, people and pupils, as the first start of the server puts them in.</summary>
    /// <returns>How many pupils there are.</returns>
    public async Task<int> SeedDemonstrationAsync(CancellationToken cancellationToken = default)
    {
        if ((await Get<SeedDemonstration>().ExecuteAsync(cancellationToken)).Refusals is [var refused, ..])
            throw new InvalidOperationException(refused.Message);
        return await Get<SeedPupils>().ExecuteAsync(cancellationToken);
    }
}
