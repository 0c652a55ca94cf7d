using Assay.Benchmarks;

TracingBench.Run(Console.Out);
LoggingBench.Run(Console.Out);
