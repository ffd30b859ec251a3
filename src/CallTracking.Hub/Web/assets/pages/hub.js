// Draws the charts of a page. Their data stands in the page as JSON, so that the page works without another request.
(() => {
  'use strict';

  const colours = ['#066fd1', '#f59f00', '#2fb344', '#ae3ec9', '#d63939', '#17a2b8', '#74b816', '#f76707'];

  function drawBacklog(element) {
    const data = JSON.parse(document.getElementById(element.dataset.source).textContent);
    const chart = echarts.init(element, null, { renderer: 'canvas' });
    chart.setOption({
      color: colours,
      animation: false,
      textStyle: { fontFamily: 'inherit' },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 12 },
      // Rich text is drawn on the canvas; the usual tooltip would need styles in markup.
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
      xAxis: { type: 'category', boundaryGap: false, data: data.days },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: value => value.toLocaleString('en') } },
      series: data.regions.map(region => ({
        name: region.name,
        type: 'line',
        stack: 'open',
        symbol: 'none',
        lineStyle: { width: 1.5 },
        areaStyle: { opacity: 0.35 },
        data: region.open,
      })),
    });
    new ResizeObserver(() => chart.resize()).observe(element);
  }

  document.querySelectorAll('[data-chart="backlog"]').forEach(drawBacklog);
})();
