using Ascent.Persistence;
using Ascent.Shared;
using Ascent.Web.Authorization;
using Ascent.Web.Components;
using Ascent.Web.Journeys;
using Microsoft.AspNetCore.HttpOverrides;

namespace Ascent.Web.Hosting;

/// <summary>Puts the web application together and runs it.</summary>
public static class WebHost
{
    /// <returns>The process's exit code: 0 after a stop, 2 when it could not start for a reason that is told.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        StartOptions start;
        ServerSettings settings;
        var builder = WebApplication.CreateBuilder([.. args.Where(StartOptions.IsHostSetting)]);
        try
        {
            start = StartOptions.Read(args, builder.Configuration);
            settings = start.Settings(builder.Configuration);
            builder.AddConsoleLogs();
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
        if (start.Urls is { } urls)
            builder.WebHost.UseUrls(urls);
        AddServices(builder, settings);
        var app = builder.Build();
        UsePipeline(app, settings);
        if (await Startup.PrepareAsync(app, start, settings) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return 2;
        }
        await app.RunAsync();
        return 0;
    }

    private static void AddServices(WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.Services.AddAscent(settings);
        builder.Services.AddSingleton<Demonstration>();
        builder.Services.AddSingleton<FirstRunGate>();
        builder.Services.AddSingleton<RegisterLoad>();
        builder.Services.AddSingleton<RefusedRequests>();
        builder.Services.AddSignInSessions();
        builder.Services.AddDoors();
        builder.Services.AddScoped<CreateUserJourney>();
        builder.Services.AddScoped<BodyUserJourney>();
        builder.Services.AddTransient<FrameBuilder>();
        builder.Services.AddRazorPages(options =>
        {
            Doors.Authorize(options.Conventions);
            options.Conventions.ConfigureFilter(new FrameFilter());
            options.Conventions.ConfigureFilter(new PostsNeedAHandler());
            options.Conventions.Add(new FormFieldsFromTheForm());
        });
        builder.Services.AddAntiforgery(options =>
        {
            var secure = SessionCookie.IsSecure(settings);
            options.Cookie.Name = secure ? "__Host-ascent-form" : "ascent-form";
            options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.FormFieldName = "form";
        });
        builder.Services.AddSingleton<WorkerRounds>();
        builder.Services.AddHostedService<MailWorker>();
        builder.Services.AddHostedService<AuditWorker>();
        builder.Services.AddHostedService<NightlyWorker>();
        builder.Services.AddHostedService<HeadsWorker>();
        builder.Services.AddHostedService<CreateUsersWorker>();
        builder.Services.AddHostedService<ImportWorker>();
        builder.Services.AddHostedService<ReportsWorker>();
    }

    private static void UsePipeline(WebApplication app, ServerSettings settings)
    {
        // Behind a proxy that ends the encryption every request comes in as http. What people use is said by the public address, and no
        // header has a say in it.
        app.Use((context, next) =>
        {
            context.Request.Scheme = settings.PublicAddress.Scheme;
            return next(context);
        });
        UseProxies(app, settings);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            // Somebody began something in a school in the moment in which it became another.
            StatusCodeSelector = exception => exception is BecameAnotherException ? StatusCodes.Status410Gone : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseSecurityHeaders(SecurityHeaders.Policy());
        app.Use(next => context => AnswerRules.SayTheEncoding(context, next));
        // Asked for when there is a request and not before: it needs the master key, and looking for the key may make one.
        app.Use(next => context => context.RequestServices.GetRequiredService<RefusedRequests>().GoAsync(context, next));
        app.Use(next => context => AnswerRules.TakeKnownMethods(context, next));
        app.UseRouting();
        var gate = app.Services.GetRequiredService<FirstRunGate>();
        app.Use(next => context => gate.GoAsync(context, next));
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapStaticAssets().AllowAnonymous();
        app.MapSignOut();
        app.MapSession();
        app.MapHealth();
        app.MapHelpImages();
        app.MapRazorPages().WithStaticAssets();
    }

    /// <summary>
    /// Delays after wrong passwords hold for a network. Behind a proxy everybody would be in one, so a listed proxy is believed when it
    /// says whom it asks for; of what it was told itself, only what further listed proxies added.
    /// </summary>
    private static void UseProxies(WebApplication app, ServerSettings settings)
    {
        if (settings.Proxies.Count == 0)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.Proxies)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
