def bar_chart(heights):
    plt.figure()
    plt.plot([-1, len(heights)], [np.mean(heights)] * 2, "k--", label="mean")
    plt.bar(np.arange(len(heights)), heights, color="0.5")
    plt.xlabel("bin")
    plt.ylabel("counts")
    plt.legend(loc="upper left")
    return plt.gca()
