using Assay.Experimentation.Hosting;
using Assay.Flags;

namespace RagService.Injecting;

/// <summary>Tells which variant of a flag a request had, when its caller asks: who rehearses a rollback sees by it that users have left the candidate.</summary>
internal static class ToldVariants
{
    /// <summary>The header that names a flag.</summary>
    public const string Asked = "X-Tell-Flag";

    /// <summary>The header of the answer, of a failed one too: <c>on</c> or <c>off</c>.</summary>
    public const string Told = "X-Flag-Variant";

    private const int LongestFlag = 64;

    public static void UseToldVariants(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (context.Request.Headers[Asked].ToString() is { Length: > 0 and <= LongestFlag } flag)
                {
                    // As the request begins: whatever changes meanwhile, this is what it was answered by.
                    var isOn = context.RequestServices.GetRequiredService<IFlagReader>().IsEnabled(flag, context.AssayUnit());
                    context.Response.OnStarting(() =>
                    {
                        context.Response.Headers[Told] = isOn ? "on" : "off";
                        return Task.CompletedTask;
                    });
                }

                return next(context);
            }
        );
}
