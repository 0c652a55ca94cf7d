namespace Assay.Experimentation.Hosting;

/// <summary>
/// Where a service gets its flags and experiments from, and how it tells what its units met; section <c>Assay:Experimentation</c>, environment
/// variables <c>ASSAY__EXPERIMENTATION__…</c>.
/// </summary>
public sealed class ExperimentationOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Assay:Experimentation";

    /// <summary>The hub's address. The default is <c>http://127.0.0.1:5080</c>; it is not asked when <see cref="Catalog"/> is set.</summary>
    public Uri Hub { get; set; } = new("http://127.0.0.1:5080");

    /// <summary>A token of the hub with the scopes read and ingest. The default, null, sends none, which is enough on the hub's own machine.</summary>
    public string? Token { get; set; }

    /// <summary>A file with the token, read for each connection, so that it can be changed while the service runs. <see cref="Token"/> wins over it.</summary>
    public string? TokenFile { get; set; }

    /// <summary>
    /// A catalog folder with <c>flags</c> and <c>experiments</c> to read instead of asking a hub: no network is used, and exposures and outcomes go nowhere.
    /// The default, null, asks the hub.
    /// </summary>
    public string? Catalog { get; set; }

    /// <summary>
    /// Where the last good snapshot is kept, so that a service starts with it while the hub is down. The default is <c>data/assay_snapshot.json</c>;
    /// null or empty keeps none.
    /// </summary>
    public string? SnapshotPath { get; set; } = Path.Combine("data", "assay_snapshot.json");

    /// <summary>
    /// The longest time between two questions to a hub whose stream cannot be followed, and the time between two looks at the files of
    /// <see cref="Catalog"/>. The default is 30 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Exposures and outcomes that wait for the hub at most, about 100 bytes each; what comes after is lost and counted. The default is 50,000; 1 to 1,000,000.</summary>
    public int EventBuffer { get; set; } = 50_000;

    /// <summary>Exposures that are remembered, so that each is sent once; one that was forgotten may be sent again and counts once all the same. The default is 100,000; 1 to 10,000,000.</summary>
    public int RememberedExposures { get; set; } = 100_000;
}
