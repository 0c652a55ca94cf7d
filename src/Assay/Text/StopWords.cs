using System.Collections.Frozen;

namespace Assay.Text;

/// <summary>English and Russian words too common to tell one document from another.</summary>
public static class StopWords
{
    // The 33 words of Lucene's classic English list.
    private const string English = """
        a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to
        was will with
        """;

    // The Russian stop words of the Snowball project (snowballstem.org), with ё written as е as there.
    private const string Russian = """
        и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня
        еще нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам сказал
        ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто
        человек чего раз тоже себе под жизнь будет ж тогда кто этот говорил того потому этого какой совсем ним здесь
        этом один почти мой тем чтобы нее кажется сейчас были куда зачем сказать всех никогда сегодня можно при
        наконец два об другой хоть после над больше тот через эти нас про всего них какая много разве сказала три эту
        моя впрочем хорошо свою этой перед иногда лучше чуть том нельзя такой им более всегда конечно всю между
        """;

    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet([.. Split(English), .. Split(Russian)]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word, lower-case and with ё written as е, is on either list.</summary>
    public static bool IsStopWord(ReadOnlySpan<char> lowerCaseWord) => BySpan.Contains(lowerCaseWord);

    /// <summary>How many words the two lists hold.</summary>
    internal static int Count => Words.Count;

    private static string[] Split(string list) => list.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
