using Assay.Rag.Answering;
using Assay.Rag.Settings;
using Assay.Tests.Rag.Reading;

namespace Assay.Tests.Rag.Answering;

public sealed class RagAnswersTests
{
    [Fact]
    public async Task An_answer_quotes_the_passage_that_it_cites()
    {
        using var place = new TemporaryFolder();
        using var answers = await OpenAsync(place);
        var found = answers.Find("How long are backups kept?");
        found.Passages[0].Rank.ShouldBe(1);
        found.Passages[0].Document.ShouldContain("backups");

        var answer = RagAnswers.Answer(found);
        answer.Model.ShouldBe("offline/extractive");
        var sentence = answer.Sentences[0];
        sentence.Text.ShouldContain("30 days");
        answer.Citations[sentence.Passage].Text.ShouldContain(sentence.Text);
    }

    [Fact]
    public async Task An_index_that_is_there_is_opened_and_not_built_again()
    {
        using var place = new TemporaryFolder();
        (await OpenAsync(place)).Dispose();
        Directory.Delete(Path.Combine(place.Path, "docs"), recursive: true);
        using var again = await RagAnswers.OpenAsync(Corpus(place), cancellationToken: TestContext.Current.CancellationToken);
        again.Documents.ShouldBe(3);
        again.Find("backups").Passages.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Threads_get_the_answers_that_they_would_get_alone()
    {
        using var place = new TemporaryFolder();
        using var answers = await OpenAsync(place);
        string[] questions = ["How long are backups kept?", "Who is on call?", "When does the canary stop?"];
        var alone = questions.ToDictionary(q => q, q => Text(answers, q));
        Parallel.For(0, 300, i => Text(answers, questions[i % 3]).ShouldBe(alone[questions[i % 3]]));
    }

    [Fact]
    public async Task A_stage_is_switched_for_one_question_and_not_for_the_next()
    {
        using var place = new TemporaryFolder();
        using var answers = await OpenAsync(place);
        var off = new RagToggles { Rerank = new RagToggle(IsOn: false, "experiment:reranker_model_test") };
        for (var i = 0; i < 3; i++)
        {
            Reranking(answers.Find("How long are backups kept?")).ShouldBe("applied");
            Reranking(answers.Find("How long are backups kept?", off)).ShouldBe("skipped disabled via experiment:reranker_model_test");
            Reranking(answers.Find("How long are backups kept?", new RagToggles())).ShouldBe("applied");
        }

        // Nothing would be left to search with.
        var none = new RagToggle(IsOn: false, "flag:rag_plus_plus");
        answers.Find("How long are backups kept?", new RagToggles { Dense = none, Sparse = none }).Passages.ShouldNotBeEmpty();
    }

    private static string Reranking(FoundPassages found)
    {
        var stage = found.Retrieval.Stages.Single(s => s.Stage == "rerank");
        return $"{stage.Status} {stage.Reason}".Trim();
    }

    [Fact]
    public async Task Documents_that_cannot_be_read_stop_the_start_with_a_fix()
    {
        using var place = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(place.Path, "docs"));
        var fault = await Should.ThrowAsync<AssayException>(() => RagAnswers.OpenAsync(Corpus(place)));
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
        fault.Fix.ShouldNotBeEmpty();
    }

    private static string Text(RagAnswers answers, string question) =>
        string.Join('|', RagAnswers.Answer(answers.Find(question)).Sentences.Select(s => $"{s.Passage}: {s.Text}"));

    private static RagCorpus Corpus(TemporaryFolder place) => new([Path.Combine(place.Path, "docs")], Path.Combine(place.Path, "out"));

    private static async Task<RagAnswers> OpenAsync(TemporaryFolder place)
    {
        var docs = Directory.CreateDirectory(Path.Combine(place.Path, "docs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(docs, "backups.md"), "# Backups\n\nBackups are kept for 30 days. A restore is tried each month.\n");
        await File.WriteAllTextAsync(Path.Combine(docs, "on-call.md"), "# On call\n\nThe engineer on call answers within five minutes at night.\n");
        await File.WriteAllTextAsync(Path.Combine(docs, "canary.md"), "# Canary\n\nThe canary stops when errors rise. It compares with the control.\n");
        return await RagAnswers.OpenAsync(Corpus(place), cancellationToken: TestContext.Current.CancellationToken);
    }
}
