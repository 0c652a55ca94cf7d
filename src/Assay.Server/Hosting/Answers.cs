using Assay.Server.Surface.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Hosting;

/// <summary>Writes problems: JSON to programs, a page in their language to a person's browser.</summary>
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
            await response.WriteAsync(ErrorPage.Write(context, problem), context.RequestAborted);
            return;
        }

        await response.WriteAsJsonAsync(problem, HostingJson.Plain.Problem, Problem.ContentType, context.RequestAborted);
    }

    public static bool WantsPage(HttpRequest request) =>
        request.HttpContext.Listener() == HubListener.Pages
        && !request.Path.StartsWithSegments("/api")
        && request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
