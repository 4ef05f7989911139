using Ascent.Web.Hosting;

return await WebHost.RunAsync(args);

/// <summary>Named for the tests, which start this very program.</summary>
public partial class Program;
