using System.Text.Json;
using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Intake;
using Assay.Server.Intake.Bodies;
using Assay.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Experiments.Intake;

/// <summary>Exposures and outcomes over HTTP.</summary>
internal static class UnitEventsApi
{
    public static void MapUnitEventsApi(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/v1/experiment-events", PostAsync)
            .RequireScope(Scope.Ingest)
            .DisableAntiforgery()
            // The reading has bounds of its own, before and after decompression.
            .WithMetadata(new RequestSizeLimitAttribute(IntakeLimits.SentBytes + 1))
            .Accepts<JsonElement>("application/json")
            .Produces<UnitEventsReport>()
            .WithTags("experiments")
            .WithSummary("Stores exposures of units to experiments and outcomes measured at units, at most 10,000 together.")
            .WithDescription(
                "exposures: experiment, version, unit, variant, time; outcomes: key, experiment, unit, metric, value, time. The unit is any text; it is hashed on "
                    + "arrival and not stored; a service that hashed it itself sends the number as the text unitId instead. A value may be \"NaN\", \"Infinity\" or \"-Infinity\". Without a time the hub's clock counts. Of events sent twice one "
                    + "counts: an exposure by experiment, version, unit and variant, an outcome by its key. One with a fault is rejected, the others are stored. "
                    + "The body may be packed with gzip or deflate: 8 MiB as sent, 16 MiB unpacked."
            );

    private static async Task<IResult> PostAsync(HttpContext http, UnitEventIntake intake, OtlpIntake others)
    {
        // All intakes share the memory for bodies.
        using var share = others.Budget.Open();
        var body = await SentBody.ReadAsync(http.Request, share, http.RequestAborted);
        // Parsing takes about as much memory as the text.
        if (body.Fault == BodyFault.NoRoom || (body.Fault == BodyFault.None && !share.TryTake(body.Bytes.Length)))
        {
            throw new StoreBusyException("The hub is taking in as much as it can at once.");
        }

        if (body.Fault != BodyFault.None)
        {
            await http.AnswerAsync(ProblemOf(body));
            return Results.Empty;
        }

        return TypedResults.Ok(await intake.TakeAsync(body.Bytes));
    }

    private static Problem ProblemOf(BodyResult body) =>
        body.Fault switch
        {
            BodyFault.TooLong => new(
                StatusCodes.Status413PayloadTooLarge,
                "The body is too long.",
                $"Send at most {IntakeLimits.SentBytes} bytes and {IntakeLimits.BodyBytes} unpacked."
            ),
            BodyFault.NotSupported => new(StatusCodes.Status415UnsupportedMediaType, body.Message, $"Known encodings: {Decompression.Known}."),
            _ => new(StatusCodes.Status400BadRequest, body.Message, "Pack the body anew, or send it as it is."),
        };
}
