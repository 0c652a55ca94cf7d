using System.Net;
using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Flags;

/// <summary>Sends forms of pages as a browser does: with the token of the page they stood on.</summary>
internal sealed partial class PageForm(HttpClient client)
{
    /// <summary>A browser that has not signed in.</summary>
    public static HttpClient Anonymous(RunningHub hub) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = hub.Addresses.Pages };

    /// <summary>Opens a page, fills its form and sends it.</summary>
    /// <param name="page">The page with the form.</param>
    /// <param name="action">Where the form is sent.</param>
    /// <param name="handler">The form's name.</param>
    /// <param name="fields">What was filled in.</param>
    /// <param name="language">The browser's language.</param>
    public async Task<PageAnswer> SendAsync(string page, string action, string handler, IEnumerable<(string Name, string Value)> fields, string language = "en")
    {
        var opened = await GetAsync(page, language);
        var token = Token().Match(opened.Html).Groups["token"].Value;
        return await PostAsync(action, [("_handler", handler), ("__RequestVerificationToken", token), .. fields], language);
    }

    /// <summary>Sends fields as they are.</summary>
    public async Task<PageAnswer> PostAsync(string action, IEnumerable<(string Name, string Value)> fields, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(action, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };
        return await SendAsync(request, language);
    }

    public Task<PageAnswer> GetAsync(string path, string language = "en") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)), language);

    private async Task<PageAnswer> SendAsync(HttpRequestMessage request, string language)
    {
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Accept-Language", language);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new PageAnswer((int)answer.StatusCode, html, WebUtility.HtmlDecode(html), answer.Headers.Location?.ToString());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Token();
}

/// <summary>A page as it came.</summary>
internal sealed record PageAnswer(int Status, string Html, string Text, string? Location);
