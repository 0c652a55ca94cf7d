using System.Globalization;
using Assay.Server.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Assay.Server.Surface.Reading;

/// <summary>
/// Who reads a page and what they chose: language and theme from cookies (the browser's language before there is one), time range and
/// service from the address. Every component has it as <c>Reader</c>.
/// </summary>
public sealed class Reader
{
    /// <summary>The cookie with the language: <c>en</c> or <c>ru</c>.</summary>
    internal const string LanguageCookie = "assay_language";

    /// <summary>The cookie with the theme: <c>light</c> or <c>dark</c>; none for the system's.</summary>
    internal const string ThemeCookie = "assay_theme";

    private readonly HttpRequest request;
    private readonly DateTimeOffset? oldest;

    internal Reader(HttpContext context, TimeProvider time, DateTimeOffset? oldest = null)
    {
        request = context.Request;
        this.oldest = oldest;
        Now = time.GetUtcNow();
        Language = LanguageOf(request);
        Theme = ThemeOf(request);
        ChosenRange = Query("range");
        Range = ChosenRange is null ? TimeRange.Covering(oldest, Now) : TimeRange.Named(ChosenRange);
        Figures = new Figures(Language);
        IsSignedIn = context.Caller().IsBrowser;
    }

    /// <summary>The time of the request.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The language.</summary>
    public Language Language { get; }

    /// <summary>The theme.</summary>
    public Theme Theme { get; }

    /// <summary>The time range: the chosen one, else the shortest that covers the data, 24 hours at most.</summary>
    public TimeRange Range { get; }

    /// <summary>The name of the range as the address has it; null when the reader has not chosen.</summary>
    internal string? ChosenRange { get; }

    /// <summary>The range up to now.</summary>
    public TimeWindow Window => Range.Until(Now);

    /// <summary>The part of the range since the first event, a minute at least: what is told by the hour is divided by this.</summary>
    internal TimeSpan Watched => TimeSpan.FromTicks(Math.Clamp((Window.Before - (oldest ?? Window.From)).Ticks, TimeSpan.TicksPerMinute, Range.Length.Ticks));

    /// <summary>The service; null for all.</summary>
    public string? Service => Query("service");

    /// <summary>Numbers and times in the language.</summary>
    public Figures Figures { get; }

    /// <summary>Whether this browser is signed in.</summary>
    public bool IsSignedIn { get; }

    /// <summary>The page's address without its query: <c>/traces</c>.</summary>
    public string Path => request.Path.Value ?? "/";

    /// <summary>
    /// Which of some acts the address ends with; null for none of them. Routes match in whatever case and with a slash at the end, so that an act is never told
    /// by what the address is not.
    /// </summary>
    internal string? Act(params ReadOnlySpan<string> acts)
    {
        var path = Path.TrimEnd('/');
        var last = path[(path.LastIndexOf('/') + 1)..];
        foreach (var act in acts)
        {
            if (last.Equals(act, StringComparison.OrdinalIgnoreCase))
            {
                return act;
            }
        }

        return null;
    }

    /// <summary>The page's address with its query.</summary>
    public string PathAndQuery => Path + request.QueryString.Value;

    /// <summary>The language as in <c>lang</c> attributes.</summary>
    public string LanguageTag => Language == Language.Ru ? "ru" : "en";

    /// <summary>The text in the reader's language.</summary>
    public string Say(string en, string ru) => Language == Language.Ru ? ru : en;

    /// <summary>The text in the reader's language.</summary>
    public string Say(Phrase phrase) => phrase.In(Language);

    /// <summary>A value of the query; null when it is missing or blank.</summary>
    public string? Query(string name)
    {
        var value = request.Query[name].ToString().Trim();
        return value.Length == 0 ? null : value;
    }

    /// <summary>This page with one value of the query changed (null takes it away); a page mark does not survive the change.</summary>
    public string With(string name, string? value)
    {
        var query = new QueryBuilder();
        foreach (var (key, old) in request.Query.Where(q => q.Key != name && q.Key != "after" && q.Key != "span"))
        {
            query.Add(key, (IEnumerable<string>)old.Where(v => !string.IsNullOrEmpty(v)).ToList()!);
        }

        if (value is not null)
        {
            query.Add(name, value);
        }

        return Path + query;
    }

    /// <summary>Another page with the reader's range and service.</summary>
    public string To(string path, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var query = new QueryBuilder();
        foreach (var name in new[] { "range", "service" })
        {
            if (Query(name) is { } value)
            {
                query.Add(name, value);
            }
        }

        foreach (var (name, value) in more)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return path + query;
    }

    /// <summary>The cookie if it names a language; else the one that the browser likes best; English when it likes neither.</summary>
    internal static Language LanguageOf(HttpRequest request) => ChooseLanguage(request.Cookies[LanguageCookie], request.Headers.AcceptLanguage);

    /// <summary>The theme that the cookie names; the system's when it names none.</summary>
    internal static Theme ThemeOf(HttpRequest request) =>
        Enum.TryParse<Theme>(request.Cookies[ThemeCookie], ignoreCase: true, out var theme) ? theme : Theme.Auto;

    /// <inheritdoc cref="LanguageOf"/>
    internal static Language ChooseLanguage(string? cookie, StringValues acceptLanguage) =>
        cookie switch
        {
            "ru" => Language.Ru,
            "en" => Language.En,
            _ => Liked(acceptLanguage),
        };

    private static Language Liked(StringValues acceptLanguage)
    {
        var liked = acceptLanguage
            .SelectMany(header => (header ?? "").Split(','))
            .Select(Parse)
            .OrderByDescending(l => l.Weight)
            .FirstOrDefault(l => l.Tag.StartsWith("ru", StringComparison.OrdinalIgnoreCase) || l.Tag.StartsWith("en", StringComparison.OrdinalIgnoreCase));
        return liked?.Tag.StartsWith("ru", StringComparison.OrdinalIgnoreCase) == true ? Language.Ru : Language.En;
    }

    private static LikedLanguage Parse(string part)
    {
        var pieces = part.Split(";q=");
        var weight = pieces.Length > 1 && double.TryParse(pieces[1], CultureInfo.InvariantCulture, out var q) ? q : 1;
        return new LikedLanguage(pieces[0].Trim(), weight);
    }

    private sealed record LikedLanguage(string Tag, double Weight);
}
