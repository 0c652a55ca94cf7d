using System.Globalization;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Reports;
using Assay.Server.Access;
using Assay.Server.Flags;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Experiments.Pages;

/// <summary>The report of an experiment as a file: for a pull request, for a program, for people.</summary>
internal static class ReportFiles
{
    /// <summary>The formats.</summary>
    public static readonly IReadOnlyList<string> Formats = ["html", "md", "json"];

    public static void MapReportFiles(this IEndpointRouteBuilder routes)
    {
        foreach (var format in Formats)
        {
            routes
                .MapGet(
                    $"/experiments/{{name}}/report.{format}",
                    (string name, string? asOf, FlagDesk desk, ExperimentShelf shelf, CancellationToken cancellationToken) =>
                        GetAsync(name, format, TimeOf(asOf), desk, shelf, cancellationToken)
                )
                .RequireScope(Scope.Read)
                .ExcludeFromDescription();
        }

        foreach (var format in ReportArchive.Formats)
        {
            routes
                .MapGet(
                    $"/experiments/{{name}}/looks/{{at}}.{format}",
                    (string name, string at, FlagDesk desk, ReportArchive archive, CancellationToken cancellationToken) =>
                        GetStoredAsync(name, at, format, desk, archive, cancellationToken)
                )
                .RequireScope(Scope.Read)
                .ExcludeFromDescription();
        }
    }

    /// <summary>The stored report of a look.</summary>
    public static string AddressOf(string experiment, DateTimeOffset at, string format) =>
        ExperimentTexts.Address(experiment, $"/looks/{ReportArchive.StampOf(at)}.{format}");

    /// <summary>A time of an address, in UTC when it says nothing else; null when it is none.</summary>
    public static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(
        string name,
        string format,
        DateTimeOffset? asOf,
        FlagDesk desk,
        ExperimentShelf shelf,
        CancellationToken cancellationToken
    )
    {
        if (!desk.State.Experiments.TryGetValue(name, out var definition))
        {
            return TypedResults.NotFound();
        }

        var report = asOf is { } past ? await shelf.PastAsync(definition, past, cancellationToken) : await shelf.NowAsync(definition, cancellationToken);
        var text = System.Text.Encoding.UTF8.GetBytes(Text(report, format));
        // As a file: the styles of a page that stands alone are not allowed among the hub's.
        return TypedResults.File(text, TypeOf(format), $"{name}.{format}");
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> GetStoredAsync(
        string name,
        string at,
        string format,
        FlagDesk desk,
        ReportArchive archive,
        CancellationToken cancellationToken
    ) =>
        desk.State.Experiments.TryGetValue(name, out var definition)
        && await archive.OpenAsync(definition.Name, definition.Version, at, format, cancellationToken) is { } content
            ? TypedResults.File(content, TypeOf(format), $"{name}-{at}.{format}")
            : TypedResults.NotFound();

    private static string Text(ExperimentReport report, string format) =>
        format switch
        {
            "html" => ExperimentHtml.Text(report, Version),
            "md" => ExperimentMarkdown.Text(report),
            _ => ReportJson.Text(report),
        };

    private static string Version => typeof(ReportFiles).Assembly.GetName().Version?.ToString(3) ?? "";

    private static string TypeOf(string format) =>
        format switch
        {
            "html" => "text/html; charset=utf-8",
            "md" => "text/markdown; charset=utf-8",
            _ => "application/json; charset=utf-8",
        };
}
