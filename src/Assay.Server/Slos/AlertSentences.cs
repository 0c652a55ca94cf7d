using Assay.Observability.Slos;
using Assay.Observability.Slos.Notifying;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Slos;

/// <summary>Why an alert fires or is over, in the reader's language, out of its facts.</summary>
internal static class AlertSentences
{
    private const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>The sentences of a message; as it was sent where it has no facts.</summary>
    public static Phrase Why(AlertMessage alert)
    {
        var sent = alert.Resolution ?? alert.Reason;
        return alert.Facts is { } facts ? new Phrase(In(Language.En, facts), In(Language.Ru, facts)) : Phrase.Same(sent);
    }

    private static string In(Language language, AlertFacts facts) =>
        facts.Calmed is { Count: > 0 } calmed ? Resolved(calmed, new Figures(language), language) : Firing(facts, new Figures(language), language);

    private static string Firing(AlertFacts facts, Figures f, Language language)
    {
        var (long1, short1, limit) = (Counts(facts.Long, f, language), Counts(facts.Short, f, language), Burn(facts.Threshold, f));
        var text = Begun(new Phrase($"{long1}; {short1}. The alert is at {limit}.", $"{long1}; {short1}. Порог тревоги {limit}.").In(language));
        return facts is { Log10Chance: { } chance, Rarest: { } rarest } ? text + " " + Chance(chance, Window(rarest, f), language) : text;
    }

    private static string Resolved(IReadOnlyList<BurnFact> calmed, Figures f, Language language)
    {
        if (calmed.All(c => c.Total == 0))
        {
            var window = Window(calmed[^1].Window, f);
            return new Phrase(
                $"No events for {window}: whether it is well again is not known.",
                $"За {window} событий не было: стало ли лучше, неизвестно."
            ).In(language);
        }

        var counts = string.Join("; ", calmed.Select(c => Counts(c, f, language)));
        return new Phrase($"The budget burns slowly again: {counts}.", $"Бюджет снова тратится медленно: {counts}.").In(language);
    }

    private static string Counts(BurnFact fact, Figures f, Language language)
    {
        var (window, bad, total) = (Window(fact.Window, f), f.Count(fact.Bad), f.Count(fact.Total));
        return fact.Burn is { } burn
            ? new Phrase($"{bad} of {total} bad in {window}, burn {Burn(burn, f)}", $"плохих {bad} из {total} за {window}, расход {Burn(burn, f)}").In(language)
            : new Phrase($"nothing in {window}", $"за {window} ничего").In(language);
    }

    private static string Chance(double log10, string window, Language language)
    {
        var power = Power((int)Math.Floor(log10));
        return new Phrase(
            $"A service that just keeps its budget has so many in {window} with probability {power}.",
            $"У сервиса, который тратит ровно бюджет, столько плохих за {window} бывает с вероятностью {power}."
        ).In(language);
    }

    private static string Begun(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private static string Power(int exponent) =>
        "10" + string.Concat(exponent.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : Digits[c - '0']));

    private static string Burn(double burn, Figures f) => f.Fixed(burn, Math.Abs(burn) >= 100 ? 0 : 1) + "×";

    private static string Window(string name, Figures f) => BurnReading.WindowOf(name) is { } window ? f.Long(window) : name;
}
