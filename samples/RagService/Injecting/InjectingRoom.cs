using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;

namespace RagService.Injecting;

/// <summary>A fault to bring about.</summary>
/// <param name="Kind"><c>errors</c>, <c>latency</c>, <c>readiness</c>, <c>memory</c> or <c>dependency</c>.</param>
/// <param name="Seconds">How long, 1 to 3,600. The default is 60.</param>
/// <param name="Until">Or until when, at most an hour ahead.</param>
/// <param name="Flag">With <paramref name="Variant"/>: only questions of units that have this variant of this flag are hurt.</param>
/// <param name="Variant"><c>on</c>, <c>off</c> or the text that the flag has.</param>
/// <param name="Percent">The share of those questions that is hurt, above 0 to 100. The default is 100.</param>
/// <param name="Ms">For latency and dependency: how long a question waits, 0 to 10,000. The default is 500.</param>
/// <param name="MegaBytes">For memory: what a question leaves behind, 1 to 64 MiB. The default is 4.</param>
internal sealed record FaultRequest(
    string? Kind,
    int? Seconds = null,
    DateTimeOffset? Until = null,
    string? Flag = null,
    string? Variant = null,
    double Percent = 100,
    int Ms = 500,
    int MegaBytes = 4
);

/// <summary>The faults in force.</summary>
/// <param name="Faults">The faults.</param>
/// <param name="HeldMegaBytes">Memory that they hold, in MiB.</param>
internal sealed record PresentFaults(IReadOnlyList<InjectedFault> Faults, int HeldMegaBytes);

/// <summary><c>/readyz</c>, and <c>/faults</c> where settings allow it, for programs of this machine alone.</summary>
internal static class InjectingRoom
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static void AddInjecting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection(FaultOptions.Section).Get<FaultOptions>() ?? new FaultOptions());
        builder.Services.AddSingleton<InjectedFaults>();
        builder.Services.AddSingleton<HeldMemory>();
        builder.Services.AddSingleton<Faults>();
    }

    public static void MapInjecting(this WebApplication app)
    {
        app.MapGet("/readyz", Readiness);
        if (!app.Services.GetRequiredService<FaultOptions>().Enabled)
        {
            return;
        }

        app.UseToldVariants();
        var faults = app.MapGroup("/faults")
            .AddEndpointFilter((context, next) => IsOfThisMachine(context.HttpContext) ? next(context) : ValueTask.FromResult<object?>(Refused()));
        faults.MapPost("", Add);
        faults.MapGet("", Show);
        faults.MapDelete("", Clear);
    }

    // Who has which variant is decided in this process: for a canary by a flag it is the candidate's part of it that is or is not ready.
    private static IResult Readiness(Faults faults, string? flag = null, string? variant = null) =>
        (flag is null) != (variant is null) ? Results.Problem("Give a flag and its variant, or neither.", statusCode: 400, title: "Ready for whom?")
        : flag is null ? Said(faults.IsReady)
        : Said(faults.IsReadyFor(flag, variant!));

    private static IResult Said(bool isReady) => isReady ? Results.Text("ready") : Results.Text("not ready: a fault on purpose", statusCode: 503);

    /// <summary>Whether a program of this machine asks. What a proxy passes on comes from this machine too; it says for whom.</summary>
    internal static bool IsOfThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");

    private static ProblemHttpResult Refused() =>
        TypedResults.Problem("Ask from the machine on which the service runs, without a proxy.", statusCode: 403, title: "Faults are not for others.");

    private static Results<Ok<PresentFaults>, ProblemHttpResult> Add(FaultRequest request, InjectedFaults faults, HeldMemory memory, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var until = request.Until ?? now + TimeSpan.FromSeconds(request.Seconds ?? 60);
        if (Wrong(request, until - now) is { } fix)
        {
            return TypedResults.Problem(fix, statusCode: 400, title: "The fault cannot be brought about.");
        }

        faults.Add(new InjectedFault(KindOf(request.Kind)!.Value, until, request.Flag, request.Variant, request.Percent, request.Ms, request.MegaBytes));
        return TypedResults.Ok(Show(faults, memory));
    }

    private static FaultKind? KindOf(string? name) =>
        Enum.GetValues<FaultKind>().Cast<FaultKind?>().FirstOrDefault(k => string.Equals(k.ToString(), name, StringComparison.OrdinalIgnoreCase));

    private static PresentFaults Show(InjectedFaults faults, HeldMemory memory) => new(faults.Present, memory.MegaBytes);

    private static NoContent Clear(InjectedFaults faults, HeldMemory memory)
    {
        faults.Clear();
        memory.Release();
        return TypedResults.NoContent();
    }

    private static string? Wrong(FaultRequest request, TimeSpan length) =>
        request switch
        {
            { Kind: var kind } when KindOf(kind) is null => "Give a kind: errors, latency, readiness, memory or dependency.",
            { Seconds: not null, Until: not null } => "Give seconds or until, not both.",
            _ when length <= TimeSpan.Zero || length > Longest => "Give an end that is at most an hour ahead: seconds from 1 to 3600, or until.",
            { Percent: not (> 0 and <= 100) } => "Give a percentage above 0 and at most 100.",
            { Ms: not (>= 0 and <= 10_000) } => "Give 0 to 10,000 milliseconds.",
            { MegaBytes: not (>= 1 and <= 64) } => "Give 1 to 64 mega_bytes.",
            _ when (request.Flag is null) != (request.Variant is null) => "Give a flag and its variant, or neither.",
            _ => null,
        };
}
