using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;

namespace Ascent.Web.Tests.Components;

/// <summary>A view of one model, as far as tag helpers look at it.</summary>
public sealed class Views<TModel>
    where TModel : class
{
    private readonly EmptyModelMetadataProvider _metadata = new();

    public Views(TModel model)
    {
        Data = new ViewDataDictionary<TModel>(_metadata, new ModelStateDictionary()) { Model = model };
        var action = new ActionContext(new DefaultHttpContext(), new RouteData(), new ActionDescriptor());
        Context = new ViewContext(action, new NoView(), Data, new NoTempData(), TextWriter.Null, new HtmlHelperOptions());
    }

    public ViewDataDictionary<TModel> Data { get; }

    public ViewContext Context { get; }

    public ModelExpression For<TValue>(System.Linq.Expressions.Expression<Func<TModel, TValue>> expression) =>
        new ModelExpressionProvider(_metadata).CreateModelExpression(Data, expression);

    /// <summary>As model binding leaves it after a post.</summary>
    public void Typed(string key, string value) => Data.ModelState.SetModelValue(key, value, value);

    private sealed class NoView : IView
    {
        public string Path => "";

        public Task RenderAsync(ViewContext context) => Task.CompletedTask;
    }

    private sealed class NoTempData : Dictionary<string, object?>, ITempDataDictionary
    {
        public void Keep() { }

        public void Keep(string key) { }

        public void Load() { }

        public object? Peek(string key) => null;

        public void Save() { }
    }
}
