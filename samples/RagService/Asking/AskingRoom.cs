using System.Diagnostics;
using Assay.Experimentation.Hosting;
using Assay.Observability.Correlations;
using Assay.Rag.Answering;
using Microsoft.AspNetCore.Http.HttpResults;
using RagService.Experimenting;
using RagService.Rating;

namespace RagService.Asking;

/// <summary><c>POST /ask</c>.</summary>
internal static class AskingRoom
{
    private static readonly string[] Languages = ["en", "ru"];

    public static void AddAsking(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(AskOptions.Section).Get<AskOptions>() ?? new AskOptions();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(new AnswerCache(options.CachedAnswers));
        builder.Services.AddSingleton<Guards>();
        builder.Services.AddSingleton<Asker>();
        builder.Services.AddSingleton<SeeAlso>();
        builder.Services.AddSingleton<TestedAsker>();
        // Opened before the first request is taken: a service that is up answers.
        builder.Services.AddSingleton(services => Search.OpenAsync(options, services).GetAwaiter().GetResult());
    }

    public static void MapAsking(this WebApplication app)
    {
        app.Services.GetRequiredService<Search>();
        app.MapPost("/ask", AskAsync);
    }

    private static async Task<Results<Ok<AskAnswer>, ProblemHttpResult>> AskAsync(
        AskRequest request,
        AskOptions options,
        Guards guards,
        TestedAsker asker,
        SeeAlso seeAlso,
        RecentAnswers recent,
        RequestUnit unit,
        string? preview,
        CancellationToken cancellationToken
    )
    {
        if (Refusal(request, options) is { } refusal)
        {
            return refusal;
        }

        if (!guards.Allows(request.Question!))
        {
            return TypedResults.Problem("Ask about the handbook in plain words.", statusCode: 422, title: "The question filter refused the question.");
        }

        var question = guards.Clean(request.Question!);
        // Before the question is answered: a request that fails is counted with those who have the variant, too.
        var readsOn = seeAlso.IsFor(unit, preview);
        var asked = await asker.AnswerAsync(question, unit, cancellationToken);
        recent.Keep(Activity.Current, Correlation.Current);
        return TypedResults.Ok(
            Shown(asked.Answer, request.Language ?? LanguageOf(question)) with
            {
                Documents = SeeAlso.Documents(asked, readsOn),
                Relevance = asked.Relevance,
                Cached = asked.Cached,
            }
        );
    }

    private static ProblemHttpResult? Refusal(AskRequest request, AskOptions options)
    {
        if (string.IsNullOrWhiteSpace(request.Question))
        {
            return TypedResults.Problem("""Send {"question": "How do I roll back?"}.""", statusCode: 400, title: "There is no question.");
        }

        if (request.Question.Length > options.MaxQuestionLength)
        {
            var fix = $"Ask in at most {options.MaxQuestionLength} characters; this question has {request.Question.Length}.";
            return TypedResults.Problem(fix, statusCode: 413, title: "The question is too long.");
        }

        return request.Language is { } language && !Languages.Contains(language)
            ? TypedResults.Problem("Give en or ru, or leave the language out.", statusCode: 400, title: "The language is not known.")
            : null;
    }

    private static string LanguageOf(string question) => question.Any(c => c is >= 'а' and <= 'я' or >= 'А' and <= 'Я') ? "ru" : "en";

    private static AskAnswer Shown(QuotedAnswer answer, string language)
    {
        var found = answer.Sentences.Count > 0;
        var none = language == "ru" ? "В документах нет ответа." : "The documents hold no answer.";
        return new AskAnswer(
            found ? string.Join(' ', answer.Sentences.Select(s => s.Text)) : none,
            found,
            answer.Model,
            [.. answer.Sentences.Select(s => new CitedSentence(s.Text, s.Passage))],
            answer.Citations.ToDictionary(c => c.Key, c => new Citation(c.Value.Document, c.Value.Heading)),
            Documents: [],
            Relevance: 0,
            Cached: false,
            Activity.Current?.TraceId.ToHexString(),
            Correlation.Current
        );
    }
}
