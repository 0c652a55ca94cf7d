using System.Text.Encodings.Web;
using Assay.Server.Hosting;
using Assay.Server.Surface.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Surface.Errors;

/// <summary>
/// The page of an error. Written as text, without components or the store: it must come out whole when these are what failed, and tell nothing of the
/// hub's data to those who may not see it.
/// </summary>
internal static class ErrorPage
{
    private static readonly IReadOnlyList<(string Path, Phrase Name)> Pages =
    [
        ("/", new("Overview", "Обзор")),
        ("/traces", new("Traces", "Трассы")),
        ("/slos", new("SLOs", "SLO")),
        ("/costs", new("Costs", "Затраты")),
    ];

    private const string SignIn = "/signin";

    public static string Write(HttpContext context, Problem problem)
    {
        var words = problem.Words ?? ErrorWords.Of(problem.Status);
        var language = Reader.LanguageOf(context.Request);
        var files = context.RequestServices.GetService<AssetFiles>();
        return $"""
            <!doctype html>
            <html lang="{(language == Language.Ru ? "ru" : "en")}"{ThemeOf(context.Request)}>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">{(words.Waits ? "<meta http-equiv=\"refresh\" content=\"2\">" : "")}
            <title>{Text(words.Title.In(language))} · Assay</title>
            <link rel="icon" href="{files?.Address("assay.svg")}" type="image/svg+xml">
            <link rel="stylesheet" href="{files?.Address("assay.css")}">
            </head>
            <body>
            <main class="alone" id="main">
            <a class="brand" href="/"><svg class="icon" viewBox="0 0 22 22" aria-hidden="true"><path d="M11 2 20 19H2z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/><path d="M6.5 14.5h9M11 7v12" stroke="currentColor" stroke-width="2"/></svg>Assay</a>
            <section class="card">
            <p class="muted small">{problem.Status}</p>
            <h1>{Text(words.Title.In(language))}</h1>
            <p>{Text(words.Text.In(language))}</p>
            {Said(words, problem)}
            {(words.Command is { } command ? $"<code class=\"cmd\">{Text(command)}</code>" : "")}
            <div class="row">{Acts(context.Request, words, language)}</div>
            </section>
            <p class="row small">{Languages(context.Request, language)}</p>
            </main>
            </body>
            </html>
            """;
    }

    private static string ThemeOf(HttpRequest request) =>
        Reader.ThemeOf(request) switch
        {
            Theme.Dark => " data-theme=\"dark\"",
            Theme.Light => " data-theme=\"light\"",
            _ => "",
        };

    // The hub's own words are English; they are said to be, so that a reader's machine speaks them rightly.
    private static string Said(ErrorWords words, Problem problem) =>
        words.ShowsProblem ? $"<p class=\"muted\" lang=\"en\">{Text(problem.Title)} {Text(problem.Detail)}</p>" : "";

    private static string Acts(HttpRequest request, ErrorWords words, Language language)
    {
        var again =
            request.Path == SignIn ? Link("/", Pages[0].Name, language, "btn")
            : HttpMethods.IsGet(request.Method) && words.MayPass ? Link(Address(request), new("Try again", "Повторить"), language, "btn")
            : "";
        var pages = words.HasPages ? string.Concat(Pages.Select(p => Link(p.Path, p.Name, language, "btn quiet"))) : "";
        return again + pages;
    }

    private static string Languages(HttpRequest request, Language language)
    {
        var back = HttpMethods.IsGet(request.Method) ? Address(request) : "/";
        return language == Language.Ru
            ? $"<a href=\"{Text(DisplayChoice.Address("language", "en", back))}\" lang=\"en\">In English</a>"
            : $"<a href=\"{Text(DisplayChoice.Address("language", "ru", back))}\" lang=\"ru\">По-русски</a>";
    }

    // A sign-in code is a secret that is over; it need not stand in another address.
    private static string Address(HttpRequest request) => request.Path == SignIn ? "/" : request.Path.ToUriComponent() + request.QueryString.ToUriComponent();

    private static string Link(string path, Phrase name, Language language, string look) =>
        $"<a class=\"{look}\" href=\"{Text(path)}\">{Text(name.In(language))}</a>";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
