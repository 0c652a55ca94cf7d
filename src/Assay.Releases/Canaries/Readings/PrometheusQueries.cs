using System.Globalization;
using System.Text.Json;

namespace Assay.Releases.Canaries.Readings;

/// <summary>What a query came to: a number, or why there is none.</summary>
/// <param name="Value">The number, finite.</param>
internal sealed record PrometheusAnswer(double? Value)
{
    /// <summary>What is said when a query has no answer.</summary>
    public const string NoSeries = "no series answers";

    /// <summary>Why there is none, when nothing is expected to be wrong.</summary>
    public string? Missing { get; init; }

    /// <summary>Why it could not be read.</summary>
    public string? Error { get; init; }
}

/// <summary>Instant queries of a Prometheus server, <c>/api/v1/query</c>: each answer a single number or a reason in words.</summary>
/// <param name="http">A client; its time limit is the caller's.</param>
/// <param name="server">The server.</param>
internal sealed class PrometheusQueries(HttpClient http, Uri server)
{
    // One number is some hundred bytes; more is a query that was not meant.
    private const int MostBytes = 1 << 20;
    private const int MostShown = 200;

    // A query that is wrong comes back whole in what the server says, and all of it would go into every look and the ledger.
    private const int LongestFault = 300;

    public async Task<PrometheusAnswer> AskAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            using var form = new FormUrlEncodedContent([new KeyValuePair<string, string>("query", query)]);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "api/v1/query")) { Content = form };
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Read(await BodyAsync(answer, cancellationToken), (int)answer.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Fault($"{server} does not answer: {e.Message}");
        }
    }

    /// <summary>Reads an answer.</summary>
    public static PrometheusAnswer Read(ReadOnlyMemory<byte> body, int status)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return root.TryGetProperty("status", out var said) && said.GetString() == "success"
                ? Data(root.GetProperty("data"))
                : Fault($"the server refused ({status}): {(root.TryGetProperty("error", out var error) ? error.GetString() : "no reason")}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return Fault($"the answer is not Prometheus' ({status}): {Shown(body)}");
        }
    }

    private static PrometheusAnswer Data(JsonElement data)
    {
        var result = data.GetProperty("result");
        return data.GetProperty("resultType").GetString() switch
        {
            "scalar" => Number(result[1].GetString()),
            "vector" when result.GetArrayLength() == 0 => new PrometheusAnswer(null) { Missing = PrometheusAnswer.NoSeries },
            "vector" when result.GetArrayLength() > 1 => Fault($"{result.GetArrayLength()} series answer where one is expected: put sum(…) around the query"),
            "vector" => Number(result[0].GetProperty("value")[1].GetString()),
            var type => Fault($"the answer is a {type}, no number"),
        };
    }

    private static PrometheusAnswer Number(string? text) =>
        text is "NaN" or "+Inf" or "-Inf" ? new PrometheusAnswer(null) { Missing = $"the answer is {text}: nothing to divide by, most likely" }
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? new PrometheusAnswer(value)
        : Fault($"the answer '{text}' is no number");

    private static async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostBytes];
        var read = await stream.ReadAtLeastAsync(buffer, MostBytes, throwOnEndOfStream: false, cancellationToken);
        return read == MostBytes ? throw new IOException("more than 1 MiB came as answer; one number was expected") : buffer[..read];
    }

    private static PrometheusAnswer Fault(string error)
    {
        var line = InOneLine(error);
        return new(null) { Error = line.Length > LongestFault ? line[..(LongestFault - 1)] + "…" : line.TrimEnd('.') };
    }

    private static string Shown(ReadOnlyMemory<byte> body) => System.Text.Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, MostShown)]);

    private static string InOneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
