using System.Net.Http.Json;
using Assay.Cli.Hubs;
using Assay.Releases.Canaries;
using Assay.Releases.Files;

namespace Assay.Cli.Canarying;

/// <summary>Canaries at the hub that holds the data folder, or that is named.</summary>
internal sealed class CanaryHub(HubClient hub) : IDisposable
{
    private const string Root = "/api/v1/canaries";

    /// <exception cref="AssayException">There is no hub (exit code 4).</exception>
    public static CanaryHub Open(HubChoice choice, CommandSurroundings surroundings) => new(HubClient.Need(choice, surroundings.Environment));

    public Task<CanaryList> ListAsync(CancellationToken cancellationToken) => hub.GetAsync(Root, CanaryJson.Default.CanaryList, cancellationToken);

    public Task<CanaryStatus> GetAsync(string release, CancellationToken cancellationToken) =>
        hub.GetAsync($"{Root}/{Known(release)}", CanaryJson.Default.CanaryStatus, cancellationToken);

    /// <summary>Remembered looks of a canary, the oldest first, at most 500.</summary>
    public Task<CanaryLooks> LooksAsync(string release, CancellationToken cancellationToken) =>
        hub.GetAsync($"{Root}/{Known(release)}/looks", CanaryJson.Default.CanaryLooks, cancellationToken);

    public Task<CanaryStatus> StartAsync(string release, CanaryStart start, CancellationToken cancellationToken) =>
        PostAsync(release, "start", JsonContent.Create(start, CanaryJson.Default.CanaryStart), cancellationToken);

    public Task<CanaryStatus> LookAsync(string release, CancellationToken cancellationToken) => PostAsync(release, "looks", content: null, cancellationToken);

    public Task<CanaryStatus> OrderAsync(string release, string what, string reason, CancellationToken cancellationToken) =>
        PostAsync(release, what, JsonContent.Create(new CanaryOrder(reason), CanaryJson.Default.CanaryOrder), cancellationToken);

    public void Dispose() => hub.Dispose();

    private Task<CanaryStatus> PostAsync(string release, string what, HttpContent? content, CancellationToken cancellationToken) =>
        hub.PostAsync($"{Root}/{Known(release)}/{what}", content, CanaryJson.Default.CanaryStatus, cancellationToken);

    /// <summary>A release as an address may carry it.</summary>
    /// <exception cref="AssayException">It cannot be one (exit code 2).</exception>
    public static string Known(string release) =>
        ReleaseId.IsName(release) || ReleaseId.TryRead(release) is not null
            ? Uri.EscapeDataString(release)
            : Uri.EscapeDataString(ReleaseId.Read(release).ToString());
}
