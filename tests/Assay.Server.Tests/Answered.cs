using System.Text.Json;

namespace Assay.Server.Tests;

/// <summary>What a test reads of an answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The content type without parameters; empty when there is none.</param>
/// <param name="Text">The body.</param>
/// <param name="Headers">Headers of answer and content by name, in lower case.</param>
internal sealed record Answered(int Status, string ContentType, string Text, Dictionary<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    private const long LargeBody = 64 << 10;

    /// <summary>Sends a request and reads the whole answer.</summary>
    public static async Task<Answered> ToAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        HttpContent? content = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute)) { Content = content };
        // A server may refuse a large body by its length alone and close; whoever is still sending then never reads the answer.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > LargeBody;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var all = answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(", ", h.Value));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answered((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", text, all);
    }

    public static Task<Answered> GetAsync(HttpClient client, string path, params (string Name, string Value)[] headers) =>
        ToAsync(client, HttpMethod.Get, path, content: null, headers);

    public static Task<Answered> PostJsonAsync(HttpClient client, string path, string json, params (string Name, string Value)[] headers) =>
        ToAsync(client, HttpMethod.Post, path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"), headers);

    /// <summary>That this is a problem of a status with a fix, and no page of the inside.</summary>
    public Answered ShouldBeProblem(int status)
    {
        Status.ShouldBe(status, Text);
        ContentType.ShouldBe("application/problem+json");
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Json.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        Json.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        Text.ShouldNotContain("   at ");
        return this;
    }
}
