using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Assay.Embedded.Folders;
using Assay.Server.Access;

namespace Assay.Cli.Hubs;

/// <summary>Talks to the hub that holds a data folder, or to the one that is named, with the token that this user may read.</summary>
internal sealed class HubClient : IDisposable
{
    /// <summary>The variable that holds a token; it wins over the data folder's.</summary>
    public const string TokenVariable = "ASSAY_TOKEN";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // What is sent may be a run of 256 MiB, which the hub unpacks and checks before it answers.
    private static readonly TimeSpan SendingLimit = TimeSpan.FromMinutes(10);

    private readonly HttpClient http;

    private HubClient(HttpClient http, Uri address)
    {
        this.http = http;
        Address = address;
    }

    /// <summary>Where the hub is.</summary>
    public Uri Address { get; }

    /// <summary>The hub to talk to; null when none is named and none holds the folder.</summary>
    /// <exception cref="AssayException">A process without an address holds the folder, or the folder cannot be read (exit code 4).</exception>
    public static HubClient? Find(HubChoice choice, IReadOnlyDictionary<string, string> environment)
    {
        if (choice.Address is { } named)
        {
            return To(named, TokenOf(choice, environment));
        }

        if (DataFolder.FindHolder(choice.DataFolder) is not { } holder)
        {
            return null;
        }

        return holder.Address is { } address
            ? To(address, TokenOf(choice, environment))
            : throw AssayException.Infrastructure(
                $"The data folder '{choice.DataFolder}' is held by {holder}, which is no hub that answers.",
                "Wait until that command is done, then try again."
            );
    }

    /// <exception cref="AssayException">No hub is named and none holds the folder (exit code 4), or as <see cref="Find"/>.</exception>
    public static HubClient Need(HubChoice choice, IReadOnlyDictionary<string, string> environment) =>
        Find(choice, environment)
        ?? throw AssayException.Infrastructure(
            $"No hub holds the data folder '{choice.DataFolder}'.",
            "Start one with `assay serve`, name its data folder with --data, or its address with --hub."
        );

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), type, cancellationToken);

    public Task<T> PostAsync<T>(string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, type, cancellationToken);

    /// <summary>The body of an answer as it comes, however long it is.</summary>
    public async Task<Stream> GetStreamAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            var answer = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStreamAsync(cancellationToken) : throw await RefusalAsync(answer, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Silence(e, Limit);
        }
    }

    public void Dispose() => http.Dispose();

    private static HubClient To(Uri address, string? token)
    {
        // A proxy of the environment takes no part in what goes to this machine, and gets none of its tokens.
        var handler = new SocketsHttpHandler { UseProxy = !address.IsLoopback };
        var http = new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return new HubClient(http, address);
    }

    // A hub that is named may be another machine's: the token of this folder is none of its.
    private static string? TokenOf(HubChoice choice, IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue(TokenVariable, out var given) && given.Length > 0)
        {
            return given;
        }

        var file = Path.Combine(choice.DataFolder, AdminToken.FileName);
        return choice.Address is null && File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var longest = request.Content is null ? Limit : SendingLimit;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            using (request)
            {
                using var answer = await http.SendAsync(request, limit.Token);
                return answer.IsSuccessStatusCode ? await ReadAsync(answer, type, limit.Token) : throw await RefusalAsync(answer, limit.Token);
            }
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Silence(e, longest);
        }
    }

    private AssayException Silence(Exception e, TimeSpan limit) =>
        AssayException.Infrastructure(
            $"The hub at {Address} does not answer: {(e is OperationCanceledException ? $"nothing came within {limit.TotalSeconds:0} s" : e.Message)}.",
            "Check that it runs and that --hub is its address.",
            e
        );

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("The answer is null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw AssayException.Infrastructure(
                $"What answers at {Address} is no hub of this version: {e.Message}",
                "Check --hub, or use the assay of the hub's version.",
                e
            );
        }
    }

    private async Task<AssayException> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var (title, detail) = await ProblemAsync(answer, cancellationToken);
        var problem = $"The hub at {Address} says: {title}";
        return (int)answer.StatusCode >= 500 ? AssayException.Infrastructure(problem, detail) : AssayException.Usage(problem, detail);
    }

    private static async Task<(string Title, string Detail)> ProblemAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return (json.RootElement.GetProperty("title").GetString() ?? "", json.RootElement.GetProperty("detail").GetString() ?? "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ($"{(int)answer.StatusCode} {answer.ReasonPhrase}", "Check that --hub is the address of a hub's pages and API.");
        }
    }
}

/// <summary>Which hub a command talks to.</summary>
/// <param name="Address">The address that was named; null to find the one that holds the folder.</param>
/// <param name="DataFolder">The data folder.</param>
internal sealed record HubChoice(Uri? Address, string DataFolder);
