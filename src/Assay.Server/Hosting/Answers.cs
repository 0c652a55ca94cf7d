using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Hosting;

/// <summary>Writes problems: JSON to programs, a plain page to a person's browser.</summary>
internal static class Answers
{
    public static async Task AnswerAsync(this HttpContext context, Problem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (WantsPage(context.Request))
        {
            response.ContentType = "text/html; charset=utf-8";
            await response.WriteAsync(Page(problem), context.RequestAborted);
            return;
        }

        await response.WriteAsJsonAsync(problem, HostingJson.Plain.Problem, Problem.ContentType, context.RequestAborted);
    }

    public static bool WantsPage(HttpRequest request) =>
        request.HttpContext.Listener() == HubListener.Pages
        && !request.Path.StartsWithSegments("/api")
        && request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static string Page(Problem problem)
    {
        var (title, detail) = (HtmlEncoder.Default.Encode(problem.Title), HtmlEncoder.Default.Encode(problem.Detail));
        return $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · Assay</title></head>
            <body><main><h1>{title}</h1><p>{detail}</p><p><a href="/">Assay</a></p></main></body>
            </html>
            """;
    }
}
