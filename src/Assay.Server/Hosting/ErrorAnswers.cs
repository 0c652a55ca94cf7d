using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Hosting;

/// <summary>Gives every error a body that says what to do; stands outside of all else.</summary>
internal sealed partial class ErrorAnswers(RequestDelegate next, ILogger<ErrorAnswers> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer.
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await FailAsync(context, e);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
        {
            await context.AnswerAsync(Problem.Of(context.Response.StatusCode));
        }
    }

    private async Task FailAsync(HttpContext context, Exception e)
    {
        var problem = Problem.Of(e);
        if (problem.Status >= 500)
        {
            Failed(log, e, context.Request.Method, context.Request.Path);
        }

        context.Response.Clear();
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await context.AnswerAsync(problem);
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Failed(ILogger log, Exception e, string method, PathString path);
}
