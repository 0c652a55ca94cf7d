using System.Net;
using System.Net.Sockets;

namespace Assay.Models.Calls;

/// <summary>From what an endpoint did to what it means for the caller. Pure.</summary>
internal sealed class HttpFaults(ModelEndpoint endpoint, CallRequest request)
{
    /// <summary>What an answer with another status than 200 means.</summary>
    public CallFailure OfStatus(HttpAnswer answer)
    {
        var error = ErrorBody.Read(answer.Body);
        var failure = Judge((int)answer.Status, error);
        var said = Said(answer, error);
        return failure with
        {
            HasAnswer = true,
            Message = $"{Head(answer)}{said}. {failure.Message}",
            RetryAfter = failure.IsRetryable ? answer.RetryAfter : null,
        };
    }

    /// <summary>What a 200 means whose body is not what the protocol says; one that carries an error object means what the error says.</summary>
    public CallFailure OfMalformed(HttpAnswer answer, MalformedAnswerException problem)
    {
        var error = ErrorBody.Read(answer.Body);
        var said = Said(answer, error);
        if (error is null)
        {
            var empty = answer.Body.IsEmpty ? " with nothing" : said;
            return new CallFailure(
                ModelFault.Malformed,
                $"{Head(answer)}{empty}: {problem.Message} Check that the address is the model's own, not a page's or a proxy's."
            )
            {
                MayBePaid = true,
                Inner = problem.InnerException,
            };
        }

        var meant = Judge(error.Status ?? StatusOf(error.Code), error);
        return meant with
        {
            HasAnswer = true,
            Fault = meant.Fault == ModelFault.Refused ? ModelFault.Refused : ModelFault.Malformed,
            Message = $"{Head(answer)}, but with an error in the body{said}. {meant.Message}",
            RetryAfter = answer.RetryAfter,
        };
    }

    /// <summary>What an answer without end means.</summary>
    public CallFailure OfTooLong() =>
        new(
            ModelFault.Malformed,
            $"{endpoint.Host} answers with more than {endpoint.MaxBodyBytes >> 20} MiB. Check that the address is the model's own, and limit the tokens of an answer."
        )
        {
            MayBePaid = true,
        };

    /// <summary>What a body means that cannot be unpacked.</summary>
    public CallFailure OfBrokenPacking(InvalidDataException e) =>
        new(
            ModelFault.Malformed,
            $"{endpoint.Host} answers with a body that is not packed as its Content-Encoding says. Check the service, and a proxy before it."
        )
        {
            MayBePaid = true,
            HasAnswer = true,
            Inner = e,
        };

    /// <summary>What a connection that failed means.</summary>
    public CallFailure OfConnection(Exception e)
    {
        var reason = e.GetBaseException() is SocketException socket ? socket.Message : e.Message;
        var isSecurity = e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
        var wasSent =
            e is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } && !isSecurity;
        var fix = isSecurity ? "Check the server's certificate and the address's scheme." : "Check the address and that the service runs.";
        return new CallFailure(ModelFault.Unavailable, $"{endpoint.Host}: {FailureText.Of(reason, endpoint.Key, [])}. {fix}")
        {
            IsRetryable = !isSecurity,
            MayBePaid = wasSent,
            HasAnswer = wasSent,
            Inner = e,
        };
    }

    /// <summary>What no answer in time means.</summary>
    /// <param name="limit">The time the attempt was given.</param>
    /// <param name="isCutShort">Whether an attempt is given more as a rule.</param>
    public CallFailure OfTimeout(TimeSpan limit, bool isCutShort) =>
        new(ModelFault.TimedOut, $"{endpoint.Host} gave no answer in {limit.TotalSeconds:0.###} s. Check the service, or allow more time for a call.")
        {
            IsRetryable = true,
            MayBePaid = true,
            IsCutShort = isCutShort,
        };

    /// <summary>What an open circuit means.</summary>
    public CallFailure OfOpenCircuit(TimeSpan? retryAfter) =>
        new(ModelFault.CircuitOpen, $"{endpoint.Host} failed so often that it is not asked for a while. Check the service, then try again.")
        {
            IsRetryable = true,
            IsUnsent = true,
            RetryAfter = retryAfter,
        };

    private string Head(HttpAnswer answer) =>
        $"{endpoint.Host} answered {(int)answer.Status}{(Name(answer.Status) is { Length: > 0 } name ? " " + name : "")}"
        + (answer.RequestId.Length > 0 ? $" (request {FailureText.Of(answer.RequestId, endpoint.Key, [])})" : "");

    private string Said(HttpAnswer answer, ErrorBody? error)
    {
        var said = error?.Message is { Length: > 0 } message
            ? FailureText.Of(message, endpoint.Key, request.Texts())
            : FailureText.Of(answer.Body.Span, endpoint.Key, request.Texts());
        return said.Length == 0 ? "" : $": \"{said.TrimEnd('.')}\"";
    }

    private static string Name(HttpStatusCode status) => Enum.IsDefined(status) ? status.ToString() : "";

    private CallFailure Judge(int status, ErrorBody? error) =>
        status switch
        {
            401 => new(ModelFault.Refused, "Check the API key."),
            403 => new(ModelFault.Refused, $"The key may not use '{request.Model}' here: check its rights."),
            402 => new(ModelFault.Refused, "The account has no credit left: add some."),
            429 when error?.Code is "insufficient_quota" or "billing_hard_limit_reached" => new(
                ModelFault.Refused,
                "The account's quota is used up: add credit or raise it."
            )
            {
                IsThrottling = true,
            },
            429 => new(ModelFault.RateLimited, "Ask less often: lower the concurrency or the calls per minute.") { IsRetryable = true, IsThrottling = true },
            404 => new(ModelFault.Rejected, $"Check the address ({endpoint.Address.AbsolutePath}) and the model's name, '{request.Model}'."),
            413 => new(ModelFault.Rejected, "The request is too long for it: send less."),
            408 or >= 500 => new(ModelFault.Unavailable, "The service has a problem of its own: try again later.") { IsRetryable = true },
            >= 300 and < 400 => new(ModelFault.Rejected, "Redirects are not followed, so that the key goes nowhere else: give the final address."),
            >= 400 => new(ModelFault.Rejected, $"Check the model's name, '{request.Model}', and the parameters of the request."),
            _ => new(ModelFault.Malformed, "Check that the address is the model's own.") { MayBePaid = true },
        };

    /// <summary>The status that an error code of a 200 stands for; 200 for one that is not known.</summary>
    private static int StatusOf(string code) =>
        code switch
        {
            "invalid_api_key" or "authentication_error" or "unauthorized" => 401,
            "permission_error" or "permission_denied" => 403,
            "rate_limit_exceeded" or "rate_limit_error" or "insufficient_quota" or "too_many_requests" or "overloaded" => 429,
            "server_error" or "internal_server_error" or "internal_error" or "overloaded_error" or "service_unavailable" or "unhealthy" => 503,
            "invalid_request_error" or "validation" or "model_not_found" or "context_length_exceeded" => 400,
            _ => 200,
        };
}
