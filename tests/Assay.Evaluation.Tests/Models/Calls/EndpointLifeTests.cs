using Assay.Models.Calls;

namespace Assay.Evaluation.Tests.Models.Calls;

public sealed class EndpointLifeTests
{
    private static readonly CallFailure Refused = new(ModelFault.Unavailable, "127.0.0.1:9: Connection refused.");

    private readonly SetTime time = new();

    [Fact]
    public void One_that_never_answered_is_dead_after_five_attempts_and_five_seconds()
    {
        var life = new EndpointLife(TimeSpan.FromMinutes(3), time);
        Fail(life, 5, wasThere: false);
        life.Death().ShouldBeNull();
        time.Pass(TimeSpan.FromSeconds(6));
        life.Death().ShouldNotBeNull().ShouldBe("No answer to 5 attempts in 6 s. 127.0.0.1:9: Connection refused.");
    }

    [Fact]
    public void Few_attempts_prove_nothing_however_long_they_take()
    {
        var life = new EndpointLife(TimeSpan.FromMinutes(3), time);
        Fail(life, 4, wasThere: false);
        time.Pass(TimeSpan.FromHours(1));
        life.Death().ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_has_answered_before_may_be_silent_as_long_as_a_call_may_take(bool withAnError)
    {
        var life = new EndpointLife(TimeSpan.FromMinutes(3), time);
        if (!withAnError)
        {
            life.Answered();
        }

        Fail(life, 50, wasThere: withAnError);
        time.Pass(TimeSpan.FromSeconds(170));
        life.Death().ShouldBeNull();
        time.Pass(TimeSpan.FromSeconds(20));
        life.Death().ShouldNotBeNull();
    }

    [Fact]
    public void An_answer_ends_the_silence()
    {
        var life = new EndpointLife(TimeSpan.FromMinutes(3), time);
        Fail(life, 50, wasThere: true);
        time.Pass(TimeSpan.FromMinutes(10));
        life.Answered();
        life.Death().ShouldBeNull();
    }

    private static void Fail(EndpointLife life, int times, bool wasThere)
    {
        for (var i = 0; i < times; i++)
        {
            life.Failed(Refused, wasThere);
        }
    }

    private sealed class SetTime : TimeProvider
    {
        private long now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Pass(TimeSpan by) => now += by.Ticks;
    }
}
