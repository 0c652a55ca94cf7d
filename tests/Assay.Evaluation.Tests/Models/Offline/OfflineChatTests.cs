using Assay.Models.Chat;
using Assay.Models.Offline;
using Assay.Prices;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Models.Offline;

public sealed class OfflineChatTests : IDisposable
{
    private const string Posts = """
        Сообщения канала:

        [09:00] Вышла версия 2.4 базы «Полярис». Индексы строятся вдвое быстрее, а резервная копия больше не останавливает запись.

        [10:15] Промокод AUTUMN даёт скидку 30 % на курс по базам данных. Только до пятницы! #реклама

        [11:40] Доброе утро всем, кто дежурил ночью 😂

        [12:05] Выпущена версия 2.4 базы «Полярис»: индексы строятся вдвое быстрее, резервная копия не останавливает запись. Подробности в журнале изменений.

        [15:30] Встреча о резервном копировании пройдёт 14 марта в 19:00 в зале «Север».

        [17:10] Поправка: встреча о резервном копировании 14 марта начнётся в 18:00, зал прежний.
        """;

    private readonly OfflineChat chat = new();

    public void Dispose() => chat.Dispose();

    [Fact]
    public async Task A_question_is_answered_with_the_sentence_that_fits_and_its_passage()
    {
        var answer = await AskAsync(
            """
            Passages:

            [1] Logs are kept for 30 days. Debug lines are kept for three.

            [2] A personal token lives for 30 days at most. The secret is printed once.

            Question: How long does a personal token live?
            """
        );
        answer.ShouldBe("A personal token lives for 30 days at most. [2]");
    }

    [Fact]
    public async Task Without_a_label_the_last_paragraph_is_the_question() =>
        (await AskAsync("[1] Пауза длится не дольше двух часов. Затем она превращается в отмену.\n\nСколько длится пауза?")).ShouldBe(
            "Пауза длится не дольше двух часов. [1]"
        );

    [Theory]
    [InlineData("[1] Bread is baked at night.\n\nQuestion: Who owns a flag?", "The passages hold no answer.")]
    [InlineData("Кому принадлежит флаг?", "В приведённых фрагментах нет ответа.")]
    [InlineData("", "The passages hold no answer.")]
    public async Task What_no_passage_answers_is_said_to_be_so(string message, string expected) => (await AskAsync(message)).ShouldBe(expected);

    [Fact]
    public async Task A_digest_leaves_out_advertising_and_chatter()
    {
        var digest = await AskAsync(Posts);
        digest.ShouldNotContain("Промокод");
        digest.ShouldNotContain("Доброе утро");
        digest.Split('\n').ShouldAllBe(line => line.StartsWith("• "));
    }

    [Fact]
    public async Task A_digest_tells_a_repeated_post_once_and_keeps_the_correction()
    {
        var lines = (await AskAsync(Posts)).Split('\n');
        lines.Length.ShouldBe(2);
        lines.Count(line => line.Contains("2.4", StringComparison.Ordinal)).ShouldBe(1);
        lines[1].ShouldContain("18:00");
        lines[1].ShouldNotContain("19:00");
    }

    [Fact]
    public async Task A_channel_of_advertising_alone_has_no_news() =>
        (await AskAsync("[10:00] Скидка на курсы, успейте записаться, место осталось одно!\n[11:00] Ха-ха.")).ShouldBe("Новостей нет.");

    [Fact]
    public async Task An_answer_says_who_made_it_and_costs_nothing()
    {
        var response = await chat.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, Posts)], cancellationToken: Stop);
        var facts = response.Facts();
        facts.Model.ShouldBe("offline/extract");
        facts.Cost.ShouldBe(Money.Zero);
        facts.Attempts.ShouldBe(1);
        facts.FromCache.ShouldBeFalse();
        facts.Tokens.ShouldNotBeNull().Input.ShouldBeGreaterThan(80);
        response.ModelId.ShouldBe("offline/extract");
    }

    [Fact]
    public async Task The_same_message_has_the_same_answer_however_it_is_asked()
    {
        var first = await AskAsync(Posts);
        using var another = new OfflineChat();
        (await another.GetResponseAsync(Posts, cancellationToken: Stop)).Text.ShouldBe(first);
        (await AskAsync(Posts.ReplaceLineEndings("\r\n"))).ShouldBe(first);
        var streamed = new List<string>();
        await foreach (var update in chat.GetStreamingResponseAsync(Posts, cancellationToken: Stop))
        {
            streamed.Add(update.Text);
        }

        string.Concat(streamed).ShouldBe(first);
    }

    [Fact]
    public async Task A_text_of_a_megabyte_is_answered()
    {
        var posts = string.Concat(
            Enumerable.Range(0, 2_000).Select(i => $"[10:{i % 60:00}] Сервис {i} обновлён до версии {i}.1, запуск ускорен, журнал {i} переписан заново.\n\n")
        );
        (await AskAsync(posts)).Split('\n').Length.ShouldBeInRange(1, 6);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<string> AskAsync(string message) => (await chat.GetResponseAsync(message, cancellationToken: Stop)).Text;
}
