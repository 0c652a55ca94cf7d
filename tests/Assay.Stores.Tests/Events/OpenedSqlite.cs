using Assay.Embedded.Events;
using Assay.Embedded.Events.Experiments.Runs;
using Assay.Embedded.Sqlite;

namespace Assay.Stores.Tests.Events;

/// <summary>A store in a folder of its own.</summary>
internal sealed class OpenedSqlite : OpenedStore
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-events-").FullName;
    private IEventStore? events;
    private RunSizes? sizes;

    public SqliteFile File { get; private set; } = null!;

    public TestClock Clock { get; } = new(Sample.Noon);

    public string Path => System.IO.Path.Combine(folder, "assay.db");

    public override IEventStore Events => events!;

    public static async Task<OpenedSqlite> OpenAsync(CancellationToken cancellationToken, RunSizes? sizes = null)
    {
        var opened = new OpenedSqlite { sizes = sizes };
        await opened.StartAsync(cancellationToken);
        return opened;
    }

    public override async Task RestartAsync(CancellationToken cancellationToken)
    {
        await File.DisposeAsync();
        await StartAsync(cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await File.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        File = await SqliteFile.OpenAsync(Path, SqliteEventStore.Migrations, cancellationToken);
        events = new SqliteEventStore(File, Clock, sizes);
    }
}
