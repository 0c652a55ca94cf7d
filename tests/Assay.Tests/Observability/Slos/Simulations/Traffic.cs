namespace Assay.Tests.Observability.Slos.Simulations;

/// <summary>Requests of a service, one by one: when they come and whether they are bad.</summary>
internal sealed class Traffic(double perHour, bool isPoisson, int seed)
{
    private readonly Random random = new(seed);
    private double second;

    /// <summary>When the next request comes, in seconds; evenly spaced from a random begin, or with exponential gaps.</summary>
    public double Next()
    {
        var gap = 3600 / perHour;
        second +=
            isPoisson ? -Math.Log(1 - random.NextDouble()) * gap
            : second == 0 ? random.NextDouble() * gap
            : gap;
        return second;
    }

    /// <summary>Whether a request is bad.</summary>
    public bool IsBad(double rate) => random.NextDouble() < rate;
}
