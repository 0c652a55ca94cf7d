using Assay.Rag.Terms;

namespace Assay.Rag.Retrieving;

/// <summary>One query on its way through the stages.</summary>
/// <param name="Text">What was asked.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Left">What is left of its time for models over the network.</param>
/// <param name="CancellationToken">Ends the waiting.</param>
internal sealed record QueryCall(string Text, QueryTerms Terms, Func<TimeSpan> Left, CancellationToken CancellationToken);
