using Assay.Server.Surface.Reading;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Surface.Errors;

/// <summary>What a person's browser is told of an error, in both languages.</summary>
/// <param name="Title">What is wrong.</param>
/// <param name="Text">What to do.</param>
internal sealed record ErrorWords(Phrase Title, Phrase Text)
{
    private const string OfSignIn = "assay sign-in";

    public static readonly ErrorWords SignIn = new(
        new("Sign in to see this page", "Чтобы увидеть страницу, нужен вход"),
        new(
            "Run this command on the machine of the hub and open the address that it prints. It signs in one browser, once, within ten minutes.",
            "На машине хаба выполнить команду и открыть адрес, который она напечатает. Адрес впускает один браузер, один раз, в течение десяти минут."
        )
    )
    {
        Command = OfSignIn,
        HasPages = false,
    };

    public static readonly ErrorWords UsedCode = new(
        new("This sign-in address no longer works", "Этот адрес для входа больше не действует"),
        new(
            "It was used already or is older than ten minutes. The command prints a new one; run it on the machine of the hub.",
            "Им уже воспользовались, или прошло больше десяти минут. Команда на машине хаба напечатает новый."
        )
    )
    {
        Command = OfSignIn,
        HasPages = false,
    };

    public static readonly ErrorWords WrongToken = new(
        new("The token is not known or has expired", "Токен неизвестен или истёк"),
        new(
            "The request carried a token that is none of this hub's. Leave it out and sign in instead.",
            "В запросе был токен, которого у этого хаба нет. Вместо него достаточно войти."
        )
    )
    {
        Command = OfSignIn,
        HasPages = false,
    };

    public static readonly ErrorWords TooNarrow = new(
        new("This needs a wider scope", "Не хватает прав"),
        new(
            "The token of this request does not reach so far. An administrator makes one that does, or signs in.",
            "Прав токена в этом запросе недостаточно. Администратор может выпустить другой токен или войти."
        )
    )
    {
        Command = OfSignIn,
    };

    public static readonly ErrorWords OtherSite = new(
        new("A page of another site sent this request", "Запрос отправила страница другого сайта"),
        new("Nothing was done. Open the hub's own pages and repeat it there.", "Ничего не сделано. Действие можно повторить на странице самого хаба.")
    );

    public static readonly ErrorWords OldForm = new(
        new("The form is out of date", "Форма устарела"),
        new("Nothing was changed. Load the page again and send the form once more.", "Ничего не изменено. Загрузить страницу заново и отправить форму ещё раз.")
    );

    public static readonly ErrorWords Starting = new(
        new("The hub is starting", "Хаб запускается"),
        new("It answers in a moment; this page looks again by itself.", "Он ответит через мгновение; страница проверит это сама.")
    )
    {
        HasPages = false,
        Waits = true,
    };

    private static readonly ErrorWords Missing = new(
        new("There is no such page", "Такой страницы нет"),
        new(
            "The address may be mistyped, or what it showed may be gone: telemetry is kept for a limited time.",
            "В адресе может быть ошибка, или того, что он показывал, уже нет: телеметрия хранится ограниченное время."
        )
    )
    {
        MayPass = false,
    };

    private static readonly ErrorWords Misunderstood = new(
        new("This address cannot be understood", "Адрес не удалось разобрать"),
        new("Open the page without what stands after the question mark.", "Открыть страницу без того, что стоит после вопросительного знака.")
    )
    {
        ShowsProblem = true,
    };

    private static readonly ErrorWords WrongName = new(
        new("This name is not the hub's", "Это имя не принадлежит хабу"),
        new(
            "Use 127.0.0.1 or localhost, or start the hub with --allow-host and this name.",
            "Открыть 127.0.0.1 или localhost либо запустить хаб с --allow-host и этим именем."
        )
    )
    {
        HasPages = false,
    };

    private static readonly ErrorWords TooMany = new(
        new("Too many requests in a minute", "Слишком много запросов за минуту"),
        new("Wait a minute and load the page again.", "Подождать минуту и загрузить страницу снова.")
    );

    private static readonly ErrorWords Unable = new(
        new("The hub cannot answer now", "Хаб сейчас не может ответить"),
        new("What it said stands below. Other pages may still work.", "Что он сообщил, сказано ниже. Другие страницы могут работать.")
    )
    {
        Command = "assay data check",
        ShowsProblem = true,
    };

    private static readonly ErrorWords Failed = new(
        new("The hub failed at this page", "Хаб не справился с этой страницей"),
        new(
            "Other pages may still work. What happened is in logs/hub.log of the hub's data folder.",
            "Другие страницы могут работать. Что случилось, записано в logs/hub.log в папке данных хаба."
        )
    )
    {
        Command = "assay data check",
    };

    private static readonly ErrorWords Refused = new(
        new("The hub refused this request", "Хаб отклонил запрос"),
        new("What it said stands below.", "Что он сообщил, сказано ниже.")
    )
    {
        ShowsProblem = true,
    };

    /// <summary>A command that helps; null when there is none.</summary>
    public string? Command { get; private init; }

    /// <summary>Whether links to the hub's pages help: not for those who may not see them.</summary>
    public bool HasPages { get; private init; } = true;

    /// <summary>Whether the problem's own words are shown too, which are in English.</summary>
    public bool ShowsProblem { get; private init; }

    /// <summary>Whether the same request may do better later.</summary>
    public bool MayPass { get; private init; } = true;

    /// <summary>Whether the page loads itself again.</summary>
    public bool Waits { get; private init; }

    /// <summary>The words of a status that has none of its own.</summary>
    public static ErrorWords Of(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => Misunderstood,
            StatusCodes.Status401Unauthorized => SignIn,
            StatusCodes.Status403Forbidden => TooNarrow,
            StatusCodes.Status404NotFound => Missing,
            StatusCodes.Status421MisdirectedRequest => WrongName,
            StatusCodes.Status429TooManyRequests => TooMany,
            StatusCodes.Status503ServiceUnavailable => Unable,
            >= 500 => Failed,
            _ => Refused,
        };
}
