using Assay.Embedded.Events.Experiments.Runs;

namespace Assay.Stores.Tests.Events.Experiments;

public sealed class SqliteExperimentTests : ExperimentContract
{
    private protected override async Task<OpenedStore> OpenAsync() => await OpenedSqlite.OpenAsync(Cancel);
}

/// <summary>The same with runs so small that a few hundred events are merged over several levels.</summary>
public sealed class SqliteExperimentRunsTests : ExperimentContract
{
    private protected override async Task<OpenedStore> OpenAsync() =>
        await OpenedSqlite.OpenAsync(
            Cancel,
            new RunSizes
            {
                Fresh = 20,
                FanIn = 3,
                Block = 8,
                LeastStep = 10,
                DeletionStep = 50,
            }
        );
}
