using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Assay.Releases.Files;
using Assay.Releases.Ledger;
using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Releases;

/// <summary>The whole chain over HTTP.</summary>
internal static class LedgerApi
{
    /// <summary>Bytes of a ledger that is handed in.</summary>
    public const long MaxLedgerBytes = 1L << 30;

    private const string Lines = "application/x-ndjson";

    public static void MapLedgerApi(this IEndpointRouteBuilder routes)
    {
        var ledger = routes.MapGroup("/api/v1/ledger").WithTags("releases");
        ledger
            .MapGet("", ExportAsync)
            .RequireScope(Scope.Read)
            .Produces<string>(StatusCodes.Status200OK, Lines)
            .WithSummary(
                "The chain, a link a line, as it is stored: `assay release verify` checks it. With release (name@version) the bodies of other releases are left out."
            );
        ledger
            .MapPost("", ImportAsync)
            .RequireScope(Scope.Admin)
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MaxLedgerBytes))
            .Accepts<string>(Lines)
            .WithSummary("Take an exported chain in: into an empty ledger, or what continues this one.");
    }

    private static async Task ExportAsync(HttpContext context, string? release, StoredLedger ledger)
    {
        var of = release is null ? null : ReleaseId.Read(release).ToString();
        context.Response.ContentType = Lines;
        // As they are stored, damage included: whoever checks a chain must see it.
        var lines = of is null ? ledger.LinesAsync(0, context.RequestAborted) : ledger.ExportAsync(of, context.RequestAborted);
        await foreach (var line in lines)
        {
            await context.Response.BodyWriter.WriteAsync(line, context.RequestAborted);
            await context.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
        }
    }

    private static async Task<Ok<ImportReport>> ImportAsync(HttpContext context, StoredLedger ledger)
    {
        var report = await ledger.ImportAsync(ReadAsync(context.Request.Body, context.RequestAborted), CancellationToken.None);
        context.Audits("release.import", report.Head);
        return TypedResults.Ok(report);
    }

    /// <summary>The lines of a body, each a copy of its own.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(body, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: 1 << 16));
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return rest.Slice(0, end).ToArray();
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > LedgerLine.Longest)
            {
                throw AssayException.Usage($"A line is longer than {LedgerLine.Longest:#,0} bytes.", "Send what `assay release export` wrote.");
            }

            if (read.IsCompleted)
            {
                if (rest.Length > 0)
                {
                    yield return rest.ToArray();
                }

                break;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync();
    }
}
